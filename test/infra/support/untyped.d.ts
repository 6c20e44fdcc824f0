/** asl-validator's types are not among its files: this is what the tests use of it. */
declare module 'asl-validator' {
  function validate(
    definition: object,
    options?: { readonly checkPaths?: boolean; readonly checkArn?: boolean },
  ): { readonly isValid: boolean; errorsText(separator?: string): string };
  export = validate;
}
