import { stepped } from './stepping';

it('a list is gone through around both ends', () =>
  expect([stepped(0, -1, 3), stepped(2, 1, 3), stepped(0, 1, 3), stepped(0, 1, 0)]).toEqual([2, 0, 1, 0]));
