import type { Locale } from '../../shared/domain/organisation.ts'
import { localeOf } from '../../shared/text/locale.ts'
import type { Reply } from './problem.ts'

/** A call of the API, as whatever stands in front of it took it apart. */
export interface HttpCall {
  /** In capitals. */
  readonly method: string
  /** As it came: what stands between its slashes may be percent-encoded. */
  readonly path: string
  /** Every value of each parameter, decoded. */
  readonly query: Readonly<Record<string, readonly string[]>>
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty where there is none. */
  readonly body: string
}

/** Answers every call, with a problem where it comes to nothing. */
export type App = (call: HttpCall) => Promise<Reply>

/** What calls of one method to paths of one template lead to. */
export interface Route {
  readonly method: 'get' | 'put' | 'post' | 'delete'
  /** Such as `/v1/assistants/{id}`. */
  readonly path: string
  readonly answer: (call: HttpCall, params: Readonly<Record<string, string>>) => Promise<Reply>
}

export const readerLocale = ({ headers }: HttpCall): Locale => localeOf(headers['accept-language'])

/** What is no encoding stands for itself. */
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** What stands in a path in the places of a template's parameters, decoded; null for a path that is of another form. */
export const paramsIn = (template: string, path: string): Readonly<Record<string, string>> | null => {
  const [places, segments] = [template.split('/'), path.split('/')]
  if (places.length !== segments.length) return null
  const params: [name: string, value: string][] = []
  for (const [index, place] of places.entries()) {
    const segment = segments[index] ?? ''
    if (place.startsWith('{') && segment !== '') params.push([place.slice(1, -1), decoded(segment)])
    else if (place !== segment) return null
  }
  return Object.fromEntries(params)
}

/** Where a call leads, and with which parameters; null where it leads nowhere. HEAD leads where GET does. */
export const routeOf = <Kind extends Route>(
  routes: readonly Kind[],
  { method, path }: HttpCall,
): { readonly route: Kind; readonly params: Readonly<Record<string, string>> } | null => {
  const wanted = method === 'HEAD' ? 'GET' : method
  for (const route of routes) {
    const params = route.method.toUpperCase() === wanted ? paramsIn(route.path, path) : null
    if (params !== null) return { route, params }
  }
  return null
}
