/** The tag under which SES is told the duty that a mail fulfils, and under which it gives it back. */
export const dutyTag = 'duty'
