import type { Scenario } from '../../harness/model/plan.ts';
import bookCleaning from './book-cleaning.ts';

/** The office is slow on purpose: a simulated delay of its calendar. */
const slowCalendar: Scenario = {
  ...bookCleaning,
  summary: 'wants a cleaning while the calendar takes more than two seconds to answer',
  office: { delayMs: 2400 },
};

export default slowCalendar;
