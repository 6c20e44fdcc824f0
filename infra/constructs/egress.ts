import { ArnFormat, Stack } from 'aws-cdk-lib';
import {
  CfnEIP,
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  NatProvider,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
  type VpcProps,
} from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { createLogGroup } from './log-group.ts';
import { NatInstance } from './nat-instance.ts';
import { allow } from './statement.ts';

/** Where a function in the VPC stands, and what its role needs for that. */
export interface Network {
  readonly placement: Required<Pick<FunctionOptions, 'vpc' | 'vpcSubnets' | 'securityGroups'>>;
  readonly statements: readonly PolicyStatement[];
}

export interface EgressProps {
  readonly settings: Settings;
  /** Full name of the one function that calls from here. */
  readonly functionName: string;
}

/**
 * One IPv4 address that is ours, for the one registrar that lets in only addresses it was told: a small VPC with a
 * single way out, for a single worker. One way out is one place to fail: while it is away that registrar's syncs wait
 * and go on later, the others don't notice.
 *
 * DynamoDB, where nearly all traffic goes, is reached by its gateway endpoint, which costs nothing. The few calls to
 * SQS, KMS and Step Functions take the NAT too: three interface endpoints would cost more than the NAT instance.
 */
export class Egress extends Construct {
  /** Present where the stack has an address of its own. */
  readonly network: Network | undefined;
  /** The address, as the functions are told it: empty where there is none. */
  readonly addresses: string;
  /** The machine that translates addresses, where it is one of ours. */
  readonly instance: NatInstance | undefined;

  constructor(scope: Construct, id: string, { settings, functionName }: EgressProps) {
    super(scope, id);
    const kind = settings.namecheapEgress;
    if (kind === 'off') {
      this.addresses = '';
      return;
    }
    const address = new CfnEIP(this, 'Address', { domain: 'vpc' });
    const vpc = this.createVpc(settings, kind === 'natGateway' ? address : undefined);
    const group = new SecurityGroup(this, 'Worker', {
      vpc,
      description: 'The Namecheap worker: calls by HTTPS, is called by nobody',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS and the registrar');
    this.instance =
      kind === 'fckNat' ? new NatInstance(this, 'Nat', { vpc, address, clients: group }) : undefined;
    this.addresses = address.attrPublicIp;
    this.network = {
      placement: { vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [group] },
      statements: this.allowInterfaces(functionName),
    };
  }

  private createVpc(settings: Settings, gatewayAddress: CfnEIP | undefined): IVpc {
    const gateway: VpcProps = gatewayAddress
      ? {
          natGateways: 1,
          natGatewayProvider: NatProvider.gateway({ eipAllocationIds: [gatewayAddress.attrAllocationId] }),
        }
      : { natGateways: 0 };
    const vpc = new Vpc(this, 'Network', {
      ...gateway,
      ipAddresses: IpAddresses.cidr('10.77.0.0/24'),
      maxAzs: 2,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
        { name: 'Worker', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 26 },
      ],
      gatewayEndpoints: { DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
      // Closing the default group takes a custom resource; nothing is ever in it.
      restrictDefaultSecurityGroup: false,
    });
    const { stage } = settings;
    const { account } = Stack.of(this);
    vpc.addFlowLog('Refused', {
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(
        createLogGroup(this, 'RefusedLog', stage, `/domain-collective/${stage.name}/refused-traffic`),
        new Role(this, 'FlowLogRole', {
          assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
            conditions: { StringEquals: { 'aws:SourceAccount': account } },
          }),
        }),
      ),
    });
    // CDK's own Vpc doesn't fit its interface where optional members are exact; the cast says that it does.
    return vpc as IVpc;
  }

  /**
   * Lambda makes the function's network interfaces with the function's own role; the function itself may not: calls
   * that come from its code are refused.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html verified 2026-11-23
   */
  private allowInterfaces(functionName: string): readonly PolicyStatement[] {
    const actions = [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ];
    const functionArn = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: functionName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const fromCode = new PolicyStatement({
      effect: Effect.DENY,
      actions,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    });
    return [allow(actions, ['*']), fromCode];
  }
}
