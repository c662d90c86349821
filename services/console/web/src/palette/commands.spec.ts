import { matching, stepped, type Command } from './commands';

const command = (name: string): Command => ({ id: name, name, does: { kind: 'page', to: '/' } });
const commands = ['Gehe zu Übersicht', 'Bestellungen: Angehalten', 'Darstellung: Dunkel'].map(command);
const named = (text: string): readonly string[] => matching(commands, text).map(({ name }) => name);

describe('commands', () => {
  it('are found by any of their words, whatever their case and accents', () => {
    expect(named('ubers')).toEqual(['Gehe zu Übersicht']);
    expect(named('ANGEHALTEN best')).toEqual(['Bestellungen: Angehalten']);
    expect(named('MX-1001')).toEqual([]);
  });

  it('are all there while nothing is typed', () => expect(named(' ')).toHaveLength(3));

  it('are gone through around both ends', () => {
    expect([stepped(0, -1, 3), stepped(2, 1, 3), stepped(0, 1, 3), stepped(0, 1, 0)]).toEqual([2, 0, 1, 0]);
  });
});
