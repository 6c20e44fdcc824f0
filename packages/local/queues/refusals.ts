/**
 * What SQS refuses and fauxqs 2.4.1 takes: checked before a request reaches it.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html (verified 2026-11-23)
 */

/** A refusal in the words of the JSON protocol: the error's name and its message. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

interface SendEntry {
  readonly DelaySeconds?: unknown;
  readonly MessageGroupId?: unknown;
  readonly MessageDeduplicationId?: unknown;
  readonly MessageBody?: unknown;
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

const maxDelaySeconds = 900;
const maxAttributes = 10;
const maxMessageBytes = 1_048_576;
const groupId = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** The refusal of a request, or undefined where SQS takes it. `action` is the name without `AmazonSQS.`. */
export function findRefusal(action: string, body: unknown): Refusal | undefined {
  if (typeof body !== 'object' || body === null)
    return { code: 'MalformedInput', message: 'the body is no object' };
  if (action === 'SendMessage') return checkEntry(body as SendEntry);
  if (action === 'SendMessageBatch') {
    const { Entries: entries } = body as { readonly Entries?: unknown };
    // a batch entry is refused alone in AWS; here the whole batch is, which no caller can mistake for success
    return Array.isArray(entries)
      ? entries.map((entry) => checkEntry(entry as SendEntry)).find(Boolean)
      : undefined;
  }
  return undefined;
}

function checkEntry(entry: SendEntry): Refusal | undefined {
  const { DelaySeconds: delay, MessageGroupId: group, MessageAttributes: attributes } = entry;
  if (typeof entry.MessageBody !== 'string' || entry.MessageBody === '')
    return missing('The request must contain the parameter MessageBody.');
  if (
    delay !== undefined &&
    !(Number.isInteger(delay) && Number(delay) >= 0 && Number(delay) <= maxDelaySeconds)
  )
    return invalid(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${maxDelaySeconds}.`,
    );
  if (group !== undefined && !(typeof group === 'string' && groupId.test(group)))
    return invalid(
      `Value ${group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  if (entry.MessageDeduplicationId !== undefined)
    return invalid(
      `Value ${entry.MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  if (Buffer.byteLength(entry.MessageBody) > maxMessageBytes)
    return invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`,
    );
  if (attributes && Object.keys(attributes).length > maxAttributes)
    return invalid(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [10].`,
    );
  return undefined;
}

function invalid(message: string): Refusal {
  return { code: 'InvalidParameterValue', message };
}

function missing(message: string): Refusal {
  return { code: 'MissingParameter', message };
}
