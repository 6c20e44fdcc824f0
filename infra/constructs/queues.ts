import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { START_TIMEOUT_SECONDS, WORKER_TIMEOUT_SECONDS } from './timeouts.ts';

/** A message that failed this often goes to the dead letters. */
const MAX_RECEIVES = 3;

/** One queue for each registrar, the start queue, and one queue of dead letters for all of them. */
export class Queues extends Construct {
  readonly registrars: Readonly<Record<RegistrarId, Queue>>;
  readonly start: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...common,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(180),
    });
    const deadLetterQueue = { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES };
    const create = (name: string, timeoutSeconds: number) =>
      new Queue(this, name, {
        ...common,
        deadLetterQueue,
        // Six times the function's timeout, as Lambda asks of a queue that it reads.
        visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
        retentionPeriod: Duration.days(4),
      });
    const entries = REGISTRAR_IDS.map((registrar) => [registrar, create(registrar, WORKER_TIMEOUT_SECONDS)]);
    this.registrars = Object.fromEntries(entries);
    this.start = create('Start', START_TIMEOUT_SECONDS);
  }
}
