/** Tells people something beside the figures. It goes to stderr: stdout is for figures alone. */
export function say(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
