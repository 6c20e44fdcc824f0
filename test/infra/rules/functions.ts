import { ENV } from '#core/env.ts';
import { findResource, functionsOf, resourcesOf, toText } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

/** Functions, their variables and their logs. */
export const FUNCTION_RULES: readonly TemplateRule[] = [
  {
    title: 'every function of ours runs Node 24 on arm64, is traced, and writes a log of its own',
    find: (template) =>
      [...functionsOf(template)]
        .filter(
          ([, { Runtime, Architectures, TracingConfig, LoggingConfig }]) =>
            Runtime !== 'nodejs24.x' ||
            Architectures?.[0] !== 'arm64' ||
            TracingConfig?.Mode !== 'Active' ||
            LoggingConfig?.LogGroup === undefined,
        )
        .map(([name]) => name),
    controls: {
      'an older Node': (template) => {
        findResource(template, 'AWS::Lambda::Function', 'Sweep').Properties.Runtime = 'nodejs22.x';
      },
      "Lambda's own log, which never ends": (template) => {
        delete findResource(template, 'AWS::Lambda::Function', 'Sweep').Properties.LoggingConfig;
      },
    },
  },
  {
    title: 'no variable is named like a secret, unless it holds an ARN',
    find: (template) =>
      resourcesOf(template, 'AWS::Lambda::Function').flatMap(
        ([
          id,
          {
            Properties: { Environment },
          },
        ]) =>
          Object.keys(Environment?.Variables ?? {})
            .filter((name) => /SECRET|KEY|TOKEN|PASSWORD/.test(name) && !name.endsWith('_ARN'))
            .map((name) => `${id}: ${name}`),
      ),
    controls: {
      'a key': (template) => {
        findResource(
          template,
          'AWS::Lambda::Function',
          'Workergandi',
        ).Properties.Environment.Variables.API_KEY = 'fake';
      },
    },
  },
  {
    title: 'nothing that is deployed knows a simulator',
    find: (template) =>
      [ENV.registrarEndpoints, ENV.simulatorControl].filter((name) =>
        JSON.stringify(template).includes(name),
      ),
    controls: {
      'origins for registrars': (template) => {
        const { Variables } = findResource(template, 'AWS::Lambda::Function', 'Workergandi').Properties
          .Environment;
        Variables[ENV.registrarEndpoints] = '{}';
      },
      'demo credentials': (template) => {
        const { Variables } = findResource(template, 'AWS::Lambda::Function', 'ApiFunction').Properties
          .Environment;
        Variables[ENV.simulatorControl] = 'http://127.0.0.1:4010';
      },
    },
  },
  {
    title: 'every log ends',
    find: (template) =>
      resourcesOf(template, 'AWS::Logs::LogGroup')
        .filter(
          ([
            ,
            {
              Properties: { RetentionInDays },
            },
          ]) => !(RetentionInDays >= 14),
        )
        .map(([id]) => id),
    controls: {
      'one goes on': (template) => {
        delete findResource(template, 'AWS::Logs::LogGroup', 'Sweep').Properties.RetentionInDays;
      },
    },
  },
  {
    title: 'every function, and the one that copies the site, logs to a group of this template',
    find: (template) =>
      resourcesOf(template, 'AWS::Lambda::Function')
        .filter(
          ([
            ,
            {
              Properties: { LoggingConfig },
            },
          ]) => {
            const [, id] = /^<(\w+)>$/.exec(toText(LoggingConfig?.LogGroup)) ?? [];
            return template.Resources[id ?? '']?.Type !== 'AWS::Logs::LogGroup';
          },
        )
        .map(([id]) => id),
    controls: {
      'the copier': (template) => {
        delete findResource(template, 'AWS::Lambda::Function', 'CustomCDKBucketDeployment').Properties
          .LoggingConfig;
      },
    },
  },
  {
    title: 'the only custom resource is the one that copies the site',
    find: (template) =>
      Object.values(template.Resources)
        .map(({ Type }) => Type)
        .filter(
          (type) =>
            /^(Custom::|AWS::CloudFormation::CustomResource)/.test(type) &&
            type !== 'Custom::CDKBucketDeployment',
        ),
    controls: {
      another: (template) => {
        template.Resources.Another = { Type: 'Custom::Another', Properties: {} };
      },
    },
  },
  {
    title: 'no parameter has a value in plain sight, and no secret is referred to',
    find: (template) => [
      ...Object.entries(template.Parameters ?? {})
        .filter(
          ([, { Type, Default }]) => Default !== undefined && !Type.startsWith('AWS::SSM::Parameter::Value<'),
        )
        .map(([name]) => name),
      ...(JSON.stringify(template).includes('{{resolve:') ? ['a dynamic reference'] : []),
    ],
    controls: {
      'a password': (template) => {
        Object.assign(template.Parameters ?? {}, { Password: { Type: 'String', Default: 'fake' } });
      },
    },
  },
];
