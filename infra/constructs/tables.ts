import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE, type TableForm } from '#store/table.ts';
import type { Stage } from '../stage.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The two tables. Credentials have no point-in-time recovery: what is deleted there is deleted. */
export class Tables extends Construct {
  readonly portfolio: Table;
  readonly credentials: Table;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.portfolio = this.create('Portfolio', PORTFOLIO_TABLE, stage, true);
    this.credentials = this.create('Credentials', CREDENTIALS_TABLE, stage, false);
  }

  private create(id: string, form: TableForm, stage: Stage, isRecoverable: boolean): Table {
    const table = new Table(this, id, {
      partitionKey: text(form.partition),
      sortKey: text(form.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: isRecoverable },
      deletionProtection: stage.isKept,
      removalPolicy: stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(form.ttl && { timeToLiveAttribute: form.ttl }),
    });
    for (const index of form.indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        projectionType: ProjectionType[index.projection],
      });
    }
    return table;
  }
}
