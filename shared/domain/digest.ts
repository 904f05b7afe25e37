/** SHA-256 of a value's canonical JSON (RFC 8785), in lower-case hexadecimal. */
export type Digest = (value: unknown) => string
