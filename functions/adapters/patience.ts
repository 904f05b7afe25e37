/**
 * How long a call to AWS may take, in milliseconds, before it is tried again: a connection that has gone silent would
 * otherwise hold a function until its own time is over. Three tries take less than the shortest of those (25 s).
 */
export const patience = { connectionTimeout: 2000, requestTimeout: 6000, throwOnRequestTimeout: true } as const
