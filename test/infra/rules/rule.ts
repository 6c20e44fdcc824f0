import type { Template, Variant } from '../support/template.ts';

/** Something that holds for every template, and changes that would break it. */
export interface TemplateRule {
  /** The rule as a sentence. */
  readonly title: string;
  /** What breaks it, each with the name of what is at fault; empty where it holds. */
  readonly find: (template: Template) => readonly string[];
  /** Breaks the rule in the template of `on` (default: dev); each of these has to be found. */
  readonly controls: Readonly<Record<string, (template: Template) => void>>;
  /** The variants that it is about. @default all */
  readonly in?: readonly Variant[];
}
