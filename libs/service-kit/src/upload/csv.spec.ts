import { csvRow, sheetRow } from './csv';

describe('a row of a CSV', () => {
  it('quotes what would be taken for its own signs, and ends as RFC 4180 has it', () => {
    expect(csvRow(['plain', 'a, b', 'said "so"', 'two\nlines', 3])).toBe('plain,"a, b","said ""so""","two\nlines",3\r\n');
  });

  it('has an empty cell for nothing, whichever kind of nothing, and JSON for lists', () => {
    expect(csvRow([undefined, null, '', 0, false, [1, 2], { a: 1 }])).toBe(',,,0,false,"[1,2]","{""a"":1}"\r\n');
  });

  it('says for people nothing that a spreadsheet would run; a number below zero stays one', () => {
    const cells = ['=1+1', '+44', '@SUM(A1)', '\tx', -5, '-5', '-12.50', '-2+3', 'a=b'];
    expect(sheetRow(cells)).toBe("'=1+1,'+44,'@SUM(A1),'\tx,-5,-5,-12.50,'-2+3,a=b\r\n");
    expect(csvRow(cells)).toBe('=1+1,+44,@SUM(A1),\tx,-5,-5,-12.50,-2+3,a=b\r\n');
  });
});
