import { ApiError } from './errors.ts';
import { MAX_DATA_BYTES } from './turn.ts';

/** Characters that a name may not have. @see API_StartExecution of Step Functions, verified 2026-11-23 */
const NAME_HAS_BAD = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cn}\p{Cs}]/u;
const MACHINE_ARN = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[^:]{1,80}$/;
const EXECUTION_ARN = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:execution:[^:]{1,80}:[^:]{1,80}$/;

/** @throws ApiError InvalidName */
export function checkName(name: string): void {
  if (name.length < 1 || name.length > 80 || NAME_HAS_BAD.test(name)) {
    throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
  }
}

/** @throws ApiError InvalidArn */
export function checkMachineArn(arn: string): void {
  if (!MACHINE_ARN.test(arn)) throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
}

/** @throws ApiError InvalidArn */
export function checkExecutionArn(arn: string): void {
  if (!EXECUTION_ARN.test(arn)) throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
}

/** @throws ApiError ValidationException above the length in UTF-8 bytes; the value is not repeated. */
export function checkLength(text: string, field: string, longest: number): void {
  if (Buffer.byteLength(text) <= longest) return;
  throw new ApiError(
    'ValidationException',
    `1 validation error detected: Value at '${field}' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${longest}`,
  );
}

/** @throws ApiError ValidationException above 256 KiB, else `code` where the text is no JSON. */
export function checkJson(text: string, field: string, code: string, what: string): void {
  checkLength(text, field, MAX_DATA_BYTES);
  try {
    JSON.parse(text);
  } catch {
    throw new ApiError(code, `${what}: the text is no JSON`);
  }
}
