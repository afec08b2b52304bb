// The outer form of a WebAssembly file: sections, numbers, texts.

/** The sections of interest, by their ids. */
export const [IMPORTS, EXPORTS] = [2, 7];
const HEADER = 8;

/** A number, and where it ends: seven bits a byte, the low ones first. */
export function readNumber(bytes, at) {
  let [number, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    number |= (byte & 127) << shift;
    if (byte < 128) return [number, at];
    shift += 7;
  }
}

export function numberBytes(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return Buffer.from([...bytes, number]);
}

/** The text that begins there, with its length in front, and where it ends. */
export function textAt(bytes, at) {
  const [length, start] = readNumber(bytes, at);
  return [bytes.toString('utf8', start, start + length), start + length];
}

/** The file with these sections changed: a function for each id, from the old bytes to the new ones. */
export function sections(wasm, change) {
  const output = [wasm.subarray(0, HEADER)];
  for (let at = HEADER; at < wasm.length;) {
    const id = wasm[at];
    const [size, start] = readNumber(wasm, at + 1);
    at = start + size;
    const section = wasm.subarray(start, at);
    const changed = change[id]?.(section) ?? section;
    output.push(Buffer.from([id]), numberBytes(changed.length), changed);
  }
  return Buffer.concat(output);
}
