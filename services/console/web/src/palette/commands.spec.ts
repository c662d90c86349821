import { matching, type Command } from './commands';

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
});
