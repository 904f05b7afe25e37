import {
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { SendCode } from '../../shared/domain/duty.ts'
import { addMinutes, type Instant } from '../../shared/domain/time.ts'
import { changing, isWritten, written } from './conditional.ts'
import { codeKey, type CodeSubject, newDutyItem } from './items.ts'
import { isSame, type Secrets } from './secrets.ts'

/** Minutes for which a code is valid. */
const validFor = 10
/** How often a code may be tried, right or wrong. */
const triesPerCode = 5
/** How many codes a subject gets within an hour. */
const codesAnHour = 5
/** How often an issue is tried again because another one came first. */
const tries = 8

/** The duty to mail a code, and whether it was made just now. */
export interface IssuedCode {
  readonly duty: SendCode
  readonly isNew: boolean
}

/** One-time codes that are mailed to someone's registered address; nothing keeps them. */
export interface Codes {
  /**
   * Makes a new code, which ends the one before, and the duty to mail it; null after five within an hour. Where `cause`
   * is what one of the last codes was issued for, nothing is made: the same mail can arrive twice.
   */
  readonly issue: (
    code: CodeSubject,
    answer: SendCode['answer'],
    cause: string | null,
    now: Instant,
  ) => Promise<IssuedCode | null>
  /** Counts a try, and says whether it was the newest code, in time, and not tried too often. */
  readonly accept: (code: CodeSubject, digits: string, now: Instant) => Promise<boolean>
  /** Ends the newest code once it has had its effect, where that does not end what it is good for. */
  readonly spend: (code: CodeSubject) => Promise<void>
}

/**
 * What is kept of a subject's codes: their numbers and times, never a code. It is kept for good: were the numbers to begin
 * again, so would the codes, and the mails of the new ones would take the place of those before.
 */
interface Issued {
  /** Of the newest. */
  readonly issue: number
  /** Those of the last hour, oldest first. */
  readonly recent: readonly {
    readonly issue: number
    readonly at: Instant
    /** The mail that it was issued for; null where somebody asked for it on a page. */
    readonly cause: string | null
  }[]
}

const dutyOf = (code: CodeSubject, issue: number, answer: SendCode['answer'], at: Instant): SendCode => ({
  kind: 'send-code',
  id: `${code.subject}-c${issue}`,
  ...code,
  issue,
  answer,
  validUntil: addMinutes(at, validFor),
})

export const codes = (client: DynamoDBClient, table: string, secrets: Secrets): Codes => {
  const read = async (code: CodeSubject): Promise<Issued | null> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: codeKey(code), ConsistentRead: true }),
    )
    return Item === undefined ? null : (unmarshall(Item) as Issued)
  }

  const write = async (
    code: CodeSubject,
    answer: SendCode['answer'],
    cause: string | null,
    before: Issued | null,
    now: Instant,
  ): Promise<IssuedCode | null> => {
    const { issue: last, recent: issued } = before ?? { issue: 0, recent: [] }
    const forCause = issued.find((one) => cause !== null && one.cause === cause)
    if (forCause !== undefined) return { duty: dutyOf(code, forCause.issue, answer, forCause.at), isNew: false }
    const issue = last + 1
    const recent = issued.filter(({ at }) => at > addMinutes(now, -60))
    if (recent.length >= codesAnHour) return null
    const duty = dutyOf(code, issue, answer, now)
    const item = {
      ...codeKey(code),
      ...marshall({
        issue,
        recent: [...recent, { issue, at: now, cause }],
        tries: 0,
      }),
    }
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: table,
              Item: item,
              ...(before === null
                ? { ConditionExpression: 'attribute_not_exists(pk)' }
                : {
                    ConditionExpression: 'issue = :issue',
                    ExpressionAttributeValues: marshall({ ':issue': before.issue }),
                  }),
            },
          },
          { Put: { TableName: table, Item: newDutyItem(duty, now) } },
        ],
      }),
    )
    return { duty, isNew: true }
  }

  /** Counts a try of the newest code, and says what was issued; null where none was, or it was tried too often. */
  const countTry = async (code: CodeSubject): Promise<Issued | null> => {
    const counted = new UpdateItemCommand({
      TableName: table,
      Key: codeKey(code),
      UpdateExpression: 'ADD tries :one',
      ConditionExpression: 'tries < :most',
      ExpressionAttributeValues: marshall({ ':one': 1, ':most': triesPerCode }),
      ReturnValues: 'ALL_NEW',
    })
    const answered = await written(client.send(counted))
    return answered?.Attributes === undefined ? null : (unmarshall(answered.Attributes) as Issued)
  }

  return {
    issue: async (code, answer, cause, now) => {
      for (let attempted = 1; ; attempted += 1) {
        try {
          return await write(code, answer, cause, await read(code), now)
        } catch (error) {
          if (!(error instanceof TransactionCanceledException) || attempted === tries) throw error
        }
      }
    },

    accept: async (code, digits, now) => {
      // Counted before it is compared: guesses that come all at once get no more tries than those in a row.
      const issued = await countTry(code)
      const issuedAt = issued?.recent.at(-1)?.at
      if (issued === null || issuedAt === undefined || now >= addMinutes(issuedAt, validFor)) return false
      return isSame(await secrets.code(code.subject, issued.issue), digits)
    },

    spend: async (code) => {
      const { Update } = changing(table, codeKey(code), 'SET tries = :most', { ':most': triesPerCode })
      await isWritten(client.send(new UpdateItemCommand(Update)))
    },
  }
}
