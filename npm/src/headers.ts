/**
 * A delivery's headers: a `Headers`, Node's `req.headers`, a plain object, pairs, or the signature itself. Names match
 * in any case, and only the one header that the provider signs with is read.
 */
export type HeadersLike =
  | string
  | null
  | undefined
  | { get(name: string): string | null; append(name: string, value: string): unknown }
  | Iterable<readonly [name: string, value: string | readonly string[]]>
  | { readonly [name: string]: string | readonly string[] | undefined };

/** The value of a header, several of them joined by a comma as `Headers` and Node do; nothing where it is absent. */
export function headerValue(headers: unknown, name: string): string | undefined {
  try {
    if (typeof headers === "string") return headers;
    if (typeof headers !== "object" || headers === null) return undefined;
    if (isHeaders(headers)) {
      const value: unknown = headers.get(name);
      return value == null ? undefined : text(value);
    }
    const values = valuesOf(headers, name.toLowerCase());
    return values.length === 0 ? undefined : values.join(", ");
  } catch {
    // A getter or an iterator of the caller's own threw: there is no header to be had.
    return undefined;
  }
}

/** A header that is not the signature's, which is all that there is where the headers are the signature itself. */
export function otherHeader(headers: unknown, name: string): string | undefined {
  return typeof headers === "string" ? undefined : headerValue(headers, name);
}

/** A `Headers` of any realm or make, and not a `Map`, whose names would match in one case only. */
function isHeaders(headers: object): headers is Headers {
  return "append" in headers && "get" in headers && typeof headers.get === "function";
}

function valuesOf(headers: object, lowerCase: string): string[] {
  const values: string[] = [];
  const visit = (name: unknown, value: unknown) => {
    if (typeof name === "string" && name.length === lowerCase.length && name.toLowerCase() === lowerCase) {
      for (const one of Array.isArray(value) ? value : [value]) if (one != null) values.push(text(one));
    }
  };
  if (Symbol.iterator in headers) {
    for (const [name, value] of headers as Iterable<[unknown, unknown]>) visit(name, value);
  } else {
    for (const name of Object.keys(headers)) visit(name, (headers as Record<string, unknown>)[name]);
  }
  return values;
}

/** What is not text cannot be a signature, and neither can this: the core will call it malformed. */
function text(value: unknown): string {
  return typeof value === "string" ? value : "not text";
}
