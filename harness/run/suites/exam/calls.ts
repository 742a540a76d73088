import type { SuiteCall } from '../../../model/suite.ts';

const calls = (persona: string, scenario: string, trials: number, desks?: SuiteCall['desks']): SuiteCall => ({
  persona,
  scenario,
  trials,
  ...(desks ? { desks } : {}),
});

/** Long answers to barge into, and to cough and chat over: quiet rooms, a street, a cafe at 20 and 15 dB, four voices. */
const talkedOver: readonly SuiteCall[] = [
  calls('hasty-helen', 'price-and-hours', 22),
  calls('brisk-robert', 'price-and-hours', 22),
  calls('curt-george', 'price-and-hours', 22),
  calls('busy-linda', 'price-and-hours', 22),
  calls('pressed-peter', 'price-and-hours', 22),
];

/** Pauses of 150 to 1000 ms in everything she tells, changes of mind in all five places, a breath-taking greeting. */
const thoughtOver: readonly SuiteCall[] = [
  calls('thoughtful-matthew', 'book-cleaning', 17),
  calls('undecided-anna', 'book-cleaning', 17),
  calls('fickle-frank', 'book-cleaning', 17),
  calls('pondering-olivia', 'move-appointment', 10),
  calls('rueful-alice', 'book-cleaning', 12),
  calls('to-and-fro-frank', 'book-cleaning', 12),
];

/** Callers for a person, for the right one, or for none; with desks that answer and desks that do not. */
const handedOver: readonly SuiteCall[] = [
  calls('worried-david', 'bill-question', 8),
  calls('worried-david', 'urgent-tooth', 6),
  calls('worried-david', 'complaint', 6),
  calls('worried-david', 'insurance-question', 6),
  calls('worried-david', 'cancel-visit', 6),
  calls('direct-diana', 'wants-a-person', 2),
  calls('impatient-nancy', 'wants-a-person', 5),
  calls('direct-diana', 'bill-question', 8),
  calls('direct-diana', 'bill-question', 6, 'busy'),
  calls('direct-diana', 'bill-question', 6, 'decline'),
  calls('direct-diana', 'bill-question', 3, 'silent'),
  calls('direct-diana', 'bill-question', 4, 'unreachable'),
];

/** Lines that nobody understands: twice, and for ever. */
const misunderstood: readonly SuiteCall[] = [
  calls('mumbling-martin', 'book-cleaning', 5),
  calls('mumbling-martin', 'bill-question', 3),
  calls('lost-laura', 'book-cleaning', 6),
];

/** The calls of the exam. */
export const examCalls: readonly SuiteCall[] = [...talkedOver, ...thoughtOver, ...handedOver, ...misunderstood];
