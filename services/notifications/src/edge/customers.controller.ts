import { Refused, type Handled, type Meta, type Reading, type Send } from '@cartage/eventsourcing';
import { answered, Answers, commandHeaders, etagOf, Headers, IfMatch, Needs, RequestMeta } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Brand, BrandBook } from '../app/brands';
import { kindOf, messageKinds } from '../domain/kinds';
import { isLocale } from '../domain/locale';
import { preferencesStream, type Preferences, type PreferencesCommand, type PreferencesEvent } from '../domain/preferences';
import { brand as brandAnswer, brandList, preferences as preferencesAnswer, type ShownPreferences } from './notifications.answers';
import { BrandDto, BrandPath, CustomerPath, PreferencesDto } from './notifications.dto';

export const PREFERENCES = Symbol('preferences');
export const BRANDS = Symbol('brands');

export interface PreferenceBook {
  readonly send: Send<PreferencesCommand, Preferences, PreferencesEvent>;
  readonly reading: Reading<Preferences, PreferencesEvent>;
  readonly now: () => Date;
}

const optional = messageKinds.filter((kind) => kindOf(kind).optional).toSorted();
const shown = (customerId: string, { optedOut }: Preferences): ShownPreferences => ({ customerId, optOut: optedOut, optional });

@ApiTags('preferences')
@Controller('notifications/preferences')
export class PreferencesController {
  constructor(@Inject(PREFERENCES) private readonly book: PreferenceBook) {}

  @Get(':customerId')
  @ApiOperation({ summary: 'What a customer does without, and what can be done without.' })
  @Answers(200, preferencesAnswer, { headers: [Headers.etag] })
  async get(@Param() { customerId }: CustomerPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownPreferences> {
    const { state, version } = await this.book.reading.load(preferencesStream(customerId));
    reply.header(Headers.etag, etagOf(version));
    return shown(customerId, state);
  }

  @Put(':customerId')
  @ApiOperation({ summary: 'Says what a customer does without. What the law has a seller tell cannot be done without.' })
  @Answers(200, preferencesAnswer, { headers: commandHeaders, refuses: { invalid: ['PREFERENCES_INVALID'] } })
  async put(
    @Param() { customerId }: CustomerPath,
    @Body() { optOut }: PreferencesDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPreferences> {
    const command: PreferencesCommand = {
      type: 'ChangePreferences',
      data: { customerId, optOut, now: this.book.now().toISOString() },
    };
    const handled: Handled<Preferences, PreferencesEvent> = await this.book.send(preferencesStream(customerId), command, meta, ifVersion);
    answered(reply, handled);
    return shown(customerId, handled.state);
  }
}

/** A sender that no mail program takes would fail with every mail. */
const SENDER = /^(?:[^<>@\r\n]{1,200} )?<?[^\s<>@]+@[^\s<>@]+>?$/;

const requireBrand = ({ sender, locale }: BrandDto): void => {
  const errors = [
    ...(SENDER.test(sender)
      ? []
      : [{ field: 'sender', code: 'SENDER_INVALID', message: 'must be a mail address, or a name and <address>' }]),
    ...(isLocale(locale) ? [] : [{ field: 'locale', code: 'LOCALE_INVALID', message: 'must be a BCP 47 tag such as de or pt-BR' }]),
  ];
  if (errors.length > 0) throw new Refused('BRAND_INVALID', 'This is no brand that mails can come from.', 'invalid', errors);
};

@ApiTags('brands')
@Controller('notifications/brands')
export class BrandsController {
  constructor(@Inject(BRANDS) private readonly brands: BrandBook) {}

  @Get()
  @ApiOperation({ summary: 'Who writes to customers. Channels that no brand claims are written to by the house (BRAND_NAME, MAIL_FROM).' })
  @Answers(200, brandList)
  all(): Promise<readonly Brand[]> {
    return this.brands.all();
  }

  @Put(':brand')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Makes or changes a brand.' })
  @Answers(200, brandAnswer, { refuses: { invalid: ['BRAND_INVALID'] } })
  async put(@Param() { brand: code }: BrandPath, @Body() body: BrandDto): Promise<Brand> {
    requireBrand(body);
    const { name, sender, locale, channels } = body;
    const brand = { code, name, sender, locale, channels };
    await this.brands.put(brand);
    return brand;
  }
}
