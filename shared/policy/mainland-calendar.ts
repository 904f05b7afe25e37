import type { Day } from '../domain/time.ts'
import { workingCalendar } from '../domain/working-calendar.ts'

// Whether they are days is for the test to see, and not for every start of a function.
const day = (text: string): Day => text as Day
const days = (...texts: readonly string[]): readonly Day[] => texts.map(day)
const off = (first: string, last = first) => [day(first), day(last)] as const

/**
 * The working days of mainland China by the State Council's yearly notices on holidays (节假日安排的通知).
 * The notice of a year comes out late in the year before: it is added here as one more entry.
 */
export const mainlandCalendar = workingCalendar([
  {
    year: 2024,
    notice: '国办发明电〔2023〕7号',
    holidays: [
      off('2024-01-01'),
      off('2024-02-10', '2024-02-17'),
      off('2024-04-04', '2024-04-06'),
      off('2024-05-01', '2024-05-05'),
      off('2024-06-10'),
      off('2024-09-15', '2024-09-17'),
      off('2024-10-01', '2024-10-07'),
    ],
    workingWeekendDays: days(
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ),
  },
  {
    year: 2025,
    notice: '国办发明电〔2024〕12号',
    holidays: [
      off('2025-01-01'),
      off('2025-01-28', '2025-02-04'),
      off('2025-04-04', '2025-04-06'),
      off('2025-05-01', '2025-05-05'),
      off('2025-05-31', '2025-06-02'),
      off('2025-10-01', '2025-10-08'),
    ],
    workingWeekendDays: days('2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'),
  },
  {
    year: 2026,
    notice: '国办发明电〔2025〕7号',
    holidays: [
      off('2026-01-01', '2026-01-03'),
      off('2026-02-15', '2026-02-23'),
      off('2026-04-04', '2026-04-06'),
      off('2026-05-01', '2026-05-05'),
      off('2026-06-19', '2026-06-21'),
      off('2026-09-25', '2026-09-27'),
      off('2026-10-01', '2026-10-07'),
    ],
    workingWeekendDays: days('2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'),
  },
])
