import { RULES } from '#test/infra/rules/all-rules.ts';
import { rolesOf } from '#test/infra/support/statements.ts';
import {
  findResource,
  type Template,
  toTemplate,
  toText,
  VARIANTS,
  type Variant,
} from '#test/infra/support/template.ts';
import { atLeast, exactly, type Group, told } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { decideAll } from './decisions.ts';
import { A_PLUS, gradeHeaders, type Headers } from './observatory.ts';
import { countFindings, PACK_COUNT } from './packs.ts';

const LEAST_RULES = 40;
const LEAST_DECISIONS = 200;
const ALL = Object.keys(VARIANTS) as Variant[];

/** The stack as it is synthesized, for every way to deploy it. */
export const infra: Group = {
  name: 'infra',
  about:
    'what packs, rules, policies and headers of the synthesized stack say; each control breaks what is looked at',
  async measure(tell) {
    const { found, open } = countFindings(() => true);
    const forgotten = countFindings(
      (rule) => rule !== 'AwsSolutions-DDB3' && rule !== 'LambdaInsideVPC',
    ).open;
    for (const finding of open) say(`not argued: ${finding}`);
    tell(exactly('infra.packs', PACK_COUNT, 6));
    tell(told('infra.findings', found));
    tell(
      exactly('infra.findings-not-argued', open.length, 0, {
        value: forgotten.length,
        caught: forgotten.length > 0,
      }),
    );

    const rules = Object.values(RULES).flat();
    const broken = rules.flatMap(({ title, find, in: variants = ALL }) =>
      variants.flatMap((variant) =>
        find(toTemplate(variant)).map((fault) => `${title}: ${fault} in ${variant}`),
      ),
    );
    const controls = rules.flatMap(({ find, controls: breakages, in: variants = ALL }) =>
      Object.values(breakages).map((breakIt) => {
        const template = toTemplate(variants[0] ?? 'dev');
        breakIt(template);
        return find(template).length > 0;
      }),
    );
    const seen = controls.filter(Boolean).length;
    for (const fault of broken) say(fault);
    tell(atLeast('infra.rules', rules.length, LEAST_RULES));
    tell(exactly('infra.rules-broken', broken.length, 0, { value: seen, caught: seen === controls.length }));
    tell(
      exactly(
        'infra.rules-without-a-control',
        rules.filter((rule) => Object.keys(rule.controls).length === 0).length,
        0,
      ),
    );

    tell(exactly('infra.actions-with-wildcards', countWildcards(toTemplate('prod')), 0, toWildcardControl()));
    const decided = decideAll(toTemplate('prod'));
    const careless = decideAll(toTemplate('prod'), false).wrong.length;
    for (const decision of decided.wrong) say(decision);
    say(`${decided.allowed} of ${decided.decisions} requests are allowed`);
    tell(atLeast('infra.decisions', decided.decisions, LEAST_DECISIONS));
    tell(
      exactly('infra.decisions-wrong', decided.wrong.length, 0, { value: careless, caught: careless > 0 }),
    );

    const grades = ALL.map((variant) => gradeHeaders(toHeaders(toTemplate(variant))));
    const lax = gradeHeaders({
      ...toHeaders(toTemplate('prod')),
      'content-security-policy': "script-src 'unsafe-inline'",
    });
    tell(atLeast('infra.headers', Math.min(...grades), A_PLUS, { value: lax, caught: lax < A_PLUS }));
  },
};

/** Actions with a `*` that a function of ours may do. */
function countWildcards(template: Template): number {
  return rolesOf(template)
    .filter(({ logicalId }) => !logicalId.startsWith('CustomCDK'))
    .flatMap(({ statements }) =>
      statements.filter(({ effect }) => effect === 'Allow').flatMap(({ actions }) => actions),
    )
    .filter((action) => action.includes('*')).length;
}

function toWildcardControl() {
  const template = toTemplate('prod');
  findResource(template, 'AWS::IAM::Policy', 'Api').Properties.PolicyDocument.Statement[0].Action =
    'dynamodb:*';
  const value = countWildcards(template);
  return { value, caught: value > 0 };
}

/** What CloudFront puts on every answer. */
function toHeaders(template: Template): Headers {
  const { ResponseHeadersPolicyConfig: config } = findResource(
    template,
    'AWS::CloudFront::ResponseHeadersPolicy',
  ).Properties;
  const { ContentSecurityPolicy, StrictTransportSecurity, FrameOptions, ReferrerPolicy, ContentTypeOptions } =
    config.SecurityHeadersConfig;
  const custom = config.CustomHeadersConfig.Items.map(
    ({ Header, Value }: { Header: string; Value: string }) => [Header.toLowerCase(), Value],
  );
  return {
    ...Object.fromEntries(custom),
    'content-security-policy': toText(ContentSecurityPolicy.ContentSecurityPolicy),
    'strict-transport-security': `max-age=${StrictTransportSecurity.AccessControlMaxAgeSec}`,
    'x-frame-options': FrameOptions.FrameOption,
    'referrer-policy': ReferrerPolicy.ReferrerPolicy,
    ...(ContentTypeOptions && { 'x-content-type-options': 'nosniff' }),
  };
}
