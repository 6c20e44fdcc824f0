import { isJsonObject, type JsonObject } from '../json.ts';
import { requireText } from '../workflow/aws-json.ts';
import { ApiError } from '../workflow/errors.ts';
import type { EncryptionContext } from './cipher.ts';

/** Refuses members that this stand-in doesn't act on. @throws ApiError ValidationException */
export function refuseUnknown(input: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalid(`not known here: ${unknown.join(', ')}`);
}

/** Reads a blob of 1 to `longest` bytes. The value is not repeated in errors. @throws ApiError ValidationException */
export function readBlob(input: JsonObject, name: string, longest: number): Buffer {
  const text = requireText(input, name);
  const blob = Buffer.from(text, 'base64');
  const field = name.charAt(0).toLowerCase() + name.slice(1);
  const failed = `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must have length`;
  if (blob.length < 1) throw invalid(`${failed} greater than or equal to 1`);
  if (blob.length > longest) throw invalid(`${failed} less than or equal to ${longest}`);
  return blob;
}

/** Reads the encryption context; none is the empty one. @throws ApiError ValidationException */
export function readContext(input: JsonObject): EncryptionContext {
  const context = input.EncryptionContext ?? {};
  if (!isJsonObject(context) || Object.values(context).some((value) => typeof value !== 'string')) {
    throw invalid('EncryptionContext must be a map of strings');
  }
  return context as EncryptionContext;
}

/** Checks an algorithm that has one value here. @throws ApiError ValidationException */
export function checkAlgorithm(input: JsonObject, name: string, only: string, isRequired: boolean): void {
  const value = isRequired ? requireText(input, name) : (input[name] ?? only);
  if (value !== only) throw invalid(`${name} ${JSON.stringify(value)} is not known here (known: ${only})`);
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
