import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { toRunbookLink } from '../runbook.ts';

/** What takes a key out of service. */
const HARMFUL_CALLS = ['DisableKey', 'ScheduleKeyDeletion'];

export interface KeyWatchProps {
  readonly keys: readonly Key[];
  readonly topic: Topic;
  /** Gets the words that can't be delivered, and has an alarm of its own. */
  readonly deadLetters: Queue;
}

/**
 * Tells at once when somebody disables one of the keys or asks for its deletion: credentials can't be opened from then
 * on, and are lost when the deletion is done. The account needs a CloudTrail trail with management events for it.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html verified 2026-11-23
 */
export class KeyWatch extends Construct {
  constructor(scope: Construct, id: string, props: KeyWatchProps) {
    super(scope, id);
    const { keys, topic, deadLetters } = props;
    new Rule(this, 'Rule', {
      description: `A key was disabled or is to be deleted. What to do: ${toRunbookLink('keys')}`,
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['kms.amazonaws.com'],
          eventName: HARMFUL_CALLS,
          // The caller names the key in either way.
          requestParameters: { keyId: keys.flatMap((key) => [key.keyId, key.keyArn]) },
        },
      },
      // EventBridge knows no conditions in the policy of a topic: the statement that this adds has none.
      targets: [new SnsTopic(topic, { deadLetterQueue: deadLetters })],
    });
  }
}
