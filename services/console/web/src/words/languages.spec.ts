import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import arabic from './ar';
import arabicQuestions from './ar/questions.json';
import arabicFields from './ar/rule-fields.json';
import german from './de';
import germanQuestions from './de/questions.json';
import germanFields from './de/rule-fields.json';
import english from './en';
import englishQuestions from './en/questions.json';
import englishFields from './en/rule-fields.json';
import { directionOf, eventName, languages, localeOf, readable, spokenOf, type Words } from './languages';

const en = { ...english, ...englishFields, ...englishQuestions };
const all: Readonly<Record<string, Words>> = {
  en,
  de: { ...german, ...germanFields, ...germanQuestions },
  ar: { ...arabic, ...arabicFields, ...arabicQuestions },
};

const argumentsIn = (elements: readonly MessageFormatElement[]): readonly string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.argument) return [element.value];
    if (element.type === TYPE.plural) return [element.value, ...Object.values(element.options).flatMap(({ value }) => argumentsIn(value))];
    return [];
  });
const named = (message: string): readonly string[] => [...new Set(argumentsIn(parse(message)))].sort();

describe('the words of every language', () => {
  it('are there for every language that can be chosen', () => expect(Object.keys(all).sort()).toEqual(Object.keys(languages).sort()));

  it.each(Object.keys(all))('in %s are as many as in English, none empty, and name the same things', (language) => {
    const words = all[language] ?? en;
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
    for (const [id, message] of Object.entries(words)) {
      expect({ id, message: message.trim() }).not.toEqual({ id, message: '' });
      expect({ id, named: named(message) }).toEqual({ id, named: named(en[id as keyof typeof en]) });
    }
  });

  it('have every form of a number that the language knows', () => {
    for (const [language, words] of Object.entries(all))
      for (const element of Object.values(words).flatMap((message) => parse(message)))
        if (element.type === TYPE.plural)
          expect(Object.keys(element.options)).toEqual(
            expect.arrayContaining(new Intl.PluralRules(language).resolvedOptions().pluralCategories),
          );
  });
});

describe('a language', () => {
  it('is the first of the reader’s own that is spoken, else English', () => {
    expect(spokenOf(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(spokenOf(['fr'])).toBe('en');
  });

  it('keeps the reader’s own way with dates and money', () => {
    expect(localeOf('en', ['en-GB', 'en'])).toBe('en-GB');
    expect(localeOf('ar', ['en-GB'])).toBe('ar');
  });

  it('has a direction', () => expect([directionOf('ar'), directionOf('de')]).toEqual(['rtl', 'ltr']));
});

it('what has no words yet is readable', () => expect(readable('return-received')).toBe('Return received'));

it('an event’s name is readable', () => expect(eventName('PaymentCaptured')).toBe('Payment captured'));
