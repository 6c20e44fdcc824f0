import {
  findResource,
  functionsOf,
  type Properties,
  resourcesOf,
  type Template,
  toText,
} from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const WITH_ADDRESS = ['fckNat', 'natGateway'] as const;
const groupsOf = (template: Template) => resourcesOf(template, 'AWS::EC2::SecurityGroup');
/** Rules of security groups, those that stand apart too. */
function trafficOf(template: Template, direction: 'Ingress' | 'Egress'): readonly Properties[] {
  return [
    ...groupsOf(template).flatMap(([, { Properties: group }]) => group[`SecurityGroup${direction}`] ?? []),
    ...resourcesOf(template, `AWS::EC2::SecurityGroup${direction}`).map(([, { Properties: rule }]) => rule),
  ];
}
const instanceOf = (template: Template) => findResource(template, 'AWS::EC2::Instance').Properties;

/** The one address that is ours. */
export const EGRESS_RULES: readonly TemplateRule[] = [
  {
    title: 'without an address of our own there is no network, and functions are told of none',
    in: ['dev', 'prod', 'own'],
    find: (template) => [
      ...Object.values(template.Resources)
        .map(({ Type }) => Type)
        .filter((type) => type.startsWith('AWS::EC2::')),
      ...[...functionsOf(template)]
        .filter(
          ([, { Environment, VpcConfig }]) =>
            (Environment?.Variables.EGRESS_ADDRESSES ?? '') !== '' || VpcConfig,
        )
        .map(([name]) => name),
    ],
    controls: {
      'a network': (template) => {
        template.Resources.Network = { Type: 'AWS::EC2::VPC', Properties: {} };
      },
      'an address': (template) => {
        findResource(
          template,
          'AWS::Lambda::Function',
          'ApiFunction',
        ).Properties.Environment.Variables.EGRESS_ADDRESSES = '192.0.2.1';
      },
    },
  },
  {
    title: 'the Namecheap worker alone stands in the network; it, the API and the intake know the address',
    in: WITH_ADDRESS,
    find: (template) =>
      [...functionsOf(template)]
        .filter(([name, { Environment, VpcConfig }]) => {
          const known = toText(Environment?.Variables.EGRESS_ADDRESSES);
          const isTold = /^<EgressAddress\w*\.PublicIp>$/.test(known);
          const isInside = VpcConfig !== undefined;
          if (name === 'registrar-worker-namecheap') return !isTold || !isInside;
          return isInside || (['api', 'credentials'].includes(name) ? !isTold : known !== '');
        })
        .map(([name]) => name),
    controls: {
      'another worker too': (template) => {
        findResource(template, 'AWS::Lambda::Function', 'Workergandi').Properties.VpcConfig = {};
      },
      'the form shows none': (template) => {
        findResource(
          template,
          'AWS::Lambda::Function',
          'ApiFunction',
        ).Properties.Environment.Variables.EGRESS_ADDRESSES = '';
      },
    },
  },
  {
    title: 'HTTPS is all that leaves, and nothing comes in but from the worker to the NAT',
    in: WITH_ADDRESS,
    find: (template) => {
      const isHttps = (rule: Properties) =>
        rule.IpProtocol === 'tcp' && rule.FromPort === 443 && rule.ToPort === 443;
      return [
        ...trafficOf(template, 'Egress')
          .filter((rule) => !isHttps(rule))
          .map((rule) => `out: ${JSON.stringify(rule)}`),
        ...trafficOf(template, 'Ingress')
          .filter((rule) => !isHttps(rule) || !/EgressWorker/.test(toText(rule.SourceSecurityGroupId)))
          .map((rule) => `in: ${JSON.stringify(rule)}`),
      ];
    },
    controls: {
      SSH: (template) => {
        const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
        for (const [, { Properties: group }] of groupsOf(template)) group.SecurityGroupIngress = [rule];
      },
      'anything out': (template) => {
        for (const [, { Properties: group }] of groupsOf(template))
          group.SecurityGroupEgress = [{ IpProtocol: '-1' }];
      },
    },
  },
  {
    title:
      'the worker stands in private subnets, whose way out is the one NAT and whose way to DynamoDB costs nothing',
    in: WITH_ADDRESS,
    find: (template) => {
      const routes = resourcesOf(template, 'AWS::EC2::Route').filter(([id]) => id.includes('WorkerSubnet'));
      const ways = new Set(
        routes.map(([, { Properties: route }]) => toText(route.NatGatewayId ?? route.InstanceId)),
      );
      const { SubnetIds } = findResource(template, 'AWS::Lambda::Function', 'Workernamecheap').Properties
        .VpcConfig;
      const { VpcEndpointType, RouteTableIds } = findResource(template, 'AWS::EC2::VPCEndpoint').Properties;
      return [
        ...(SubnetIds.length === 2 && SubnetIds.every((id: Properties) => toText(id).includes('Worker'))
          ? []
          : ['subnets']),
        ...(routes.length === 2 && ways.size === 1 && !ways.has('') ? [] : ['the way out']),
        ...(VpcEndpointType === 'Gateway' && RouteTableIds.length >= 2 ? [] : ['DynamoDB']),
      ];
    },
    controls: {
      'two ways out': (template) => {
        const route = findResource(template, 'AWS::EC2::Route', 'WorkerSubnet2').Properties;
        Object.assign(route, { InstanceId: undefined, NatGatewayId: { Ref: 'Another' } });
      },
      'a public subnet': (template) => {
        const { VpcConfig } = findResource(template, 'AWS::Lambda::Function', 'Workernamecheap').Properties;
        VpcConfig.SubnetIds = [{ Ref: 'PublicSubnet1' }, { Ref: 'PublicSubnet2' }];
      },
    },
  },
  {
    title: 'what the network refuses is logged, and its code may not touch network interfaces',
    in: WITH_ADDRESS,
    find: (template) => {
      const log = resourcesOf(template, 'AWS::EC2::FlowLog')[0]?.[1].Properties;
      const policy = findResource(template, 'AWS::IAM::Policy', 'WorkernamecheapRole').Properties
        .PolicyDocument;
      const denial = policy.Statement.find(({ Effect }: Properties) => Effect === 'Deny');
      const source = toText(denial?.Condition?.ArnEquals?.['lambda:SourceFunctionArn']);
      return [
        ...(log?.TrafficType === 'REJECT' ? [] : ['flow log']),
        ...(/:function:domain-collective-(dev|prod)-registrar-worker-namecheap$/.test(source)
          ? []
          : ['interfaces']),
      ];
    },
    controls: {
      'no log': (template) => {
        for (const [id] of resourcesOf(template, 'AWS::EC2::FlowLog')) delete template.Resources[id];
      },
      'the code may': (template) => {
        const policy = findResource(template, 'AWS::IAM::Policy', 'WorkernamecheapRole').Properties
          .PolicyDocument;
        policy.Statement = policy.Statement.filter(({ Effect }: Properties) => Effect === 'Allow');
      },
    },
  },
  {
    title:
      'the NAT instance is small, has no key, wants IMDSv2, passes on what is not for it, and has our address',
    in: ['fckNat'],
    find: (template) => {
      const instance = instanceOf(template);
      const image = toText(instance.ImageId).slice(1, -1);
      const association = findResource(template, 'AWS::EC2::EIPAssociation').Properties;
      const checks: Readonly<Record<string, boolean>> = {
        size: instance.InstanceType === 't4g.nano',
        key: instance.KeyName === undefined,
        metadata: isWithTokens(template, instance),
        passesOn: instance.SourceDestCheck === false,
        image: /al2023.*arm64/.test(template.Parameters?.[image]?.Default ?? ''),
        disk: instance.BlockDeviceMappings[0].Ebs.Encrypted === true,
        address: /^<EgressAddress\w*\.AllocationId>$/.test(toText(association.AllocationId)),
      };
      return Object.keys(checks).filter((name) => !checks[name]);
    },
    controls: {
      'it drops what is not for it': (template) => {
        instanceOf(template).SourceDestCheck = true;
      },
      'a key': (template) => {
        instanceOf(template).KeyName = 'somebody';
      },
      'metadata for whoever asks': (template) => {
        delete instanceOf(template).MetadataOptions;
        for (const [id] of resourcesOf(template, 'AWS::EC2::LaunchTemplate')) delete template.Resources[id];
      },
    },
  },
];

function isWithTokens(template: Template, instance: Properties): boolean {
  const launch = resourcesOf(template, 'AWS::EC2::LaunchTemplate')[0]?.[1].Properties.LaunchTemplateData;
  return (instance.MetadataOptions ?? launch?.MetadataOptions)?.HttpTokens === 'required';
}
