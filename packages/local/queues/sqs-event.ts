import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '../template.ts';

/**
 * The event that Lambda hands to a function for messages of a queue.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html (verified 2026-11-23)
 */
export function toSqsEvent(messages: readonly Message[], queueArn: string) {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
          name,
          toRecordAttribute(value),
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      ...(message.MD5OfMessageAttributes ? { md5OfMessageAttributes: message.MD5OfMessageAttributes } : {}),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: LOCAL_REGION,
    })),
  };
}

function toRecordAttribute(value: MessageAttributeValue) {
  return {
    ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
    ...(value.BinaryValue === undefined
      ? {}
      : { binaryValue: Buffer.from(value.BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType,
  };
}

/**
 * Which of the messages the function failed, by its answer: those that it names; all, where it names one that wasn't
 * in the batch or none by name; none, where the list is empty, null or absent.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (verified 2026-11-23)
 */
export function findFailedIds(payload: string, messageIds: readonly string[]): ReadonlySet<string> {
  const answer: unknown = JSON.parse(payload);
  if (typeof answer !== 'object' || answer === null) return new Set();
  const { batchItemFailures: failures } = answer as { readonly batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return new Set(messageIds);
  const named = failures.map((failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const areKnown = named.every((id) => typeof id === 'string' && messageIds.includes(id));
  return new Set(areKnown ? (named as string[]) : messageIds);
}
