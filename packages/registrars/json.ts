/** How deep arrays and objects may be nested; no registrar's answer goes beyond 6. */
const MAX_DEPTH = 64;

/**
 * The value of a JSON text, or undefined where the text is none or is nested too deeply. A member called `__proto__`
 * is a member like any other: it becomes no prototype, here or in the schemas that read the value by own keys.
 */
export function parseJson(text: string): unknown {
  if (!isShallow(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Its SyntaxError quotes the text, which may hold a key that the registrar echoed: it must end here.
    return undefined;
  }
}

/** Counts brackets outside strings before the parser builds anything. */
function isShallow(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth++;
      if (depth > MAX_DEPTH) return false;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
  }
  return true;
}

const BACKSLASH = 92;
const QUOTE = 34;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
