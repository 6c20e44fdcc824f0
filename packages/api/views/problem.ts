import type { Integration, Notice, Problem } from '#core/integration.ts';
import { type TextSubject, toNoticeText, toProblemText } from '#core/problem-texts.ts';
import type { RegistrarProfile } from '#core/registrar.ts';
import type { NoticeJson, ProblemJson } from '../schemas/common.ts';

/** Whom the texts of an integration's problems are about. */
export function toSubject(
  integration: Pick<Integration, 'environment'>,
  registrar: Pick<RegistrarProfile, 'id' | 'name'>,
  egressAddresses: readonly string[],
): TextSubject {
  const { id, name } = registrar;
  return {
    registrar: { id, name },
    environment: integration.environment,
    egressAddresses: id === 'namecheap' ? egressAddresses : [],
  };
}

export function toProblemJson(problem: Problem, subject: TextSubject): ProblemJson {
  const { code, at, requestId } = problem;
  const { title, detail, advice } = toProblemText(problem, subject);
  return { code, title, detail, advice: [...advice], at, requestId };
}

/** What a notice may say more of, from the integration. */
type NoticeSource = Pick<Integration, 'held'> & {
  readonly credentials: Pick<Integration['credentials'], 'expiresAt'>;
};

export function toNoticeJson(notice: Notice, subject: TextSubject, source?: NoticeSource): NoticeJson {
  const { code, domains } = notice;
  const held = source?.held;
  const facts = {
    ...notice,
    ...(held && { held: { known: held.known, listed: held.listed, isAccepted: held.acceptedAt !== null } }),
    ...(source?.credentials.expiresAt && { expiresAt: source.credentials.expiresAt }),
  };
  const { title, detail, advice } = toNoticeText(facts, subject);
  return { code, title, detail, advice: [...advice], ...(domains !== undefined && { domains }) };
}
