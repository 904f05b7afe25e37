import { RemovalPolicy } from 'aws-cdk-lib'
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as kms from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { tableIndexes, tableKeys } from '../../shared/contracts/table.ts'
import type { Config } from '../config.ts'
import { acknowledge } from './acknowledge.ts'

const { STRING } = dynamodb.AttributeType
const string = (name: string): dynamodb.Attribute => ({ name, type: STRING })

/** The record: the one table, and the key under which it lies. */
export class CaseRecord extends Construct {
  readonly table: dynamodb.Table
  readonly environment: { readonly TABLE_NAME: string }
  readonly #key: kms.Key

  constructor(scope: Construct, id: string, { deletionProtection }: Pick<Config, 'deletionProtection'>) {
    super(scope, id)
    this.#key = new kms.Key(this, 'Key', {
      description: 'Encrypts the record of every case',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.table = new dynamodb.Table(this, 'Table', {
      partitionKey: string(tableKeys.partition),
      sortKey: string(tableKeys.sort),
      timeToLiveAttribute: tableKeys.timeToLive,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.#key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection,
      removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    for (const index of Object.values(tableIndexes)) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: string(index.partition),
        sortKey: string(index.sort),
        projectionType: dynamodb.ProjectionType.KEYS_ONLY,
      })
    }
    this.environment = { TABLE_NAME: this.table.tableName }
  }

  /** Reads by key and by index, and writes in transactions. No Scan: a list that isn't in an index isn't served. */
  grantUse(grantee: Construct & iam.IGrantable): void {
    const itemActions = [
      'GetItem',
      'BatchGetItem',
      'Query',
      'ConditionCheckItem',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
    ]
    iam.Grant.addToPrincipal({
      grantee,
      actions: itemActions.map((action) => `dynamodb:${action}`),
      resourceArns: [this.table.tableArn],
    })
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      // Each index by its name, because the usual `index/*` would admit whatever is added one day.
      resourceArns: Object.values(tableIndexes).map(({ name }) => `${this.table.tableArn}/index/${name}`),
    })
    this.#key.grantEncryptDecrypt(grantee)
    acknowledge(grantee, {
      'IAM5[Action::kms:GenerateDataKey*]':
        'One key only; the variants of the action are how DynamoDB encrypts for a caller.',
      'IAM5[Action::kms:ReEncrypt*]': 'One key only; the pair ReEncryptFrom and ReEncryptTo is granted together.',
    })
  }
}
