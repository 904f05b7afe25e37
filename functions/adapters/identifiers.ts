import { randomInt } from 'node:crypto'
import { AssistantId, idAlphabet } from '../../shared/domain/ids.ts'

/** An id for a new case: 40 random bits. The record refuses one that is taken. */
export const newAssistantId = (): AssistantId =>
  AssistantId.parse(Array.from({ length: 8 }, () => idAlphabet[randomInt(idAlphabet.length)]).join(''))
