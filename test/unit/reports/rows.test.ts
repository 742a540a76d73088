import { expect, test } from 'vitest';
import { filterRows, readCsv, sortRows, writeCsv } from '../../../reports/site/components/data/rows.ts';
import { HOSTILE } from './sample.ts';

const TABLE = readCsv(
  'call_id,metric,value,note\na-1,stop_time,90,quick\nb-1,stop_time,1250,"late, at 0:14"\nb-2,cut_in,,\n',
);
const ids = (filter: string): readonly (string | null | undefined)[] =>
  filterRows(TABLE, filter).rows.map(([id]) => id);

test('commas, quotes, line breaks and markup survive CSV, and nothing is not an empty text', () => {
  const odd = {
    columns: ['a', 'b,"c"'],
    rows: [
      [HOSTILE, null],
      ['', 'two\r\nlines'],
      [null, '\u202ertl'],
    ],
  };
  expect(readCsv(writeCsv(odd))).toEqual(odd);
  expect(readCsv('a,b\n1,\n')).toEqual({ columns: ['a', 'b'], rows: [['1', null]] });
  expect(readCsv('a,b\n1,')).toEqual({ columns: ['a', 'b'], rows: [['1', null]] });
});

test('a table of megabytes is read in a moment', () => {
  const line = `call,${'x'.repeat(80)},"a ""quoted"" word, and more",12.5\n`;
  expect(readCsv(`a,b,c,d\n${line.repeat(40_000)}`).rows).toHaveLength(40_000);
});

test('words are looked for everywhere, conditions in one column', () => {
  expect(ids('stop_time')).toEqual(['a-1', 'b-1']);
  expect(ids('stop_time LATE')).toEqual(['b-1']);
  expect(ids('"late, at"')).toEqual(['b-1']);
  expect(ids('value>1000')).toEqual(['b-1']);
  expect(ids('value<=90')).toEqual(['a-1']);
  expect(ids('metric!=stop_time')).toEqual(['b-2']);
  expect(ids('value=')).toEqual(['b-2']);
  expect(ids('no-such-column=3')).toEqual([]);
  expect(ids('')).toEqual(['a-1', 'b-1', 'b-2']);
});

test('numbers are sorted as numbers, and what is not known comes last either way', () => {
  const order = (way: 'ascending' | 'descending') => sortRows(TABLE, 'value', way).rows.map(([id]) => id);
  expect(order('ascending')).toEqual(['a-1', 'b-1', 'b-2']);
  expect(order('descending')).toEqual(['b-1', 'a-1', 'b-2']);
});
