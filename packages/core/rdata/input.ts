import type { TargetRule } from '../names.ts';

/** A number of a record as a registrar gives it, or as text; null, undefined and '' count as absent. */
export type GivenNumber = number | string | null | undefined;

/** Rdata as a registrar gives it. */
export type RdataInput =
  | {
      /** Complete rdata as in a zone file (RFC 1035 §5.1): priority, quoted strings and escapes included. */
      readonly form: 'presentation';
      readonly text: string;
    }
  | {
      /**
       * Numbers apart, where the registrar has them apart, and the rest in `text`. TXT is raw: without quotes and
       * escapes, not split. What a type has no use for is ignored: some registrars give a priority with every record.
       */
      readonly form: 'fields';
      readonly text: string;
      /** MX, SRV, URI; SVCB and HTTPS unless `text` begins with it. A registrar that leaves out 0 is filled in for. */
      readonly priority?: GivenNumber;
      /** SRV and URI. */
      readonly weight?: GivenNumber;
      /** SRV. */
      readonly port?: GivenNumber;
      /** CAA, together with `tag`; without them `text` is `flags tag value`, the value quoted or not. */
      readonly flags?: GivenNumber;
      readonly tag?: string | null | undefined;
      /** TXT: quotes around the whole text, or around each of its chunks, are the registrar's and no part of it. */
      readonly stripQuotes?: boolean;
    };

/** Where rdata stands: what relative names in it are relative to. */
export interface RdataContext {
  /** The zone's name, with or without its dot. */
  readonly zone: string;
  readonly targets: TargetRule;
}

/** Brings rdata of one type from its presentation form into its wire form and back. */
export interface RdataCodec {
  /** The wire form of a presentation form; null when it isn't one. */
  parse(text: string, context: RdataContext): Uint8Array | null;
  /** The canonical presentation form of a wire form; null when it isn't one. */
  format(wire: Uint8Array): string | null;
}
