// Prints one plain closing line from Vitest's JSON report: `N passed, N failed`. A test that was not run is neither.
import { existsSync, readFileSync } from 'node:fs';

interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const file = process.argv[2] ?? '';
const report: Report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
const statuses = report.testResults.flatMap(({ status, assertionResults }) =>
  // A file that broke before its first test is one failure.
  assertionResults.length === 0 && status === 'failed' ? ['failed'] : assertionResults.map((test) => test.status),
);
const count = (status: string): number => statuses.filter((each) => each === status).length;
const notRun = statuses.length - count('passed') - count('failed');
if (notRun > 0) console.log(`${notRun} tests were not run`);
console.log(`${count('passed')} passed, ${count('failed')} failed`);
if (count('failed') > 0 || count('passed') === 0) process.exitCode = 1;
