import { mailWords } from './mail-words';

describe('the words of a mail', () => {
  it('are those that somebody reads, a line for each part, whatever it looks like', () =>
    expect(
      mailWords(
        `<html><head><title>No</title><style>p { color: red; }</style></head><body><!--[if mso]><p>No</p><![endif]-->
         <p style="a > b">Hello <b>Ada</b>, &lt;3 &amp; <a href="https://x">order&#8239;7</a></p><td>1&nbsp;mug</td></body></html>`,
      ),
    ).toEqual(['Hello Ada, <3 & order\u202f7'.replace('\u202f', ' '), '1 mug']));

  it('are none where there are none', () => expect(mailWords('<p> &nbsp; </p>')).toEqual([]));

  it('pass over what is no character', () => expect(mailWords('<p>a&#9999999;&bogus;</p>')).toEqual(['a&bogus;']));
});
