import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  CommandMeta,
  KeepRawBody,
  limitOf,
  NoPreview,
  type Page,
  pageOf,
  Public,
  RawBody,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ProviderAccount } from '../../app/providers/provider';
import type { ProviderNotices, ReceivedProviderNotice } from '../../app/providers/provider-notices';
import { heardFrom } from './hearing';
import { ProviderNoticeDto } from './notice.dto';
import { notice, notices } from './providers.answers';
import { ProviderDropDto, ProviderNoticePath, ProviderNoticesQueryDto, ProviderPath, ProviderResubmitDto } from './providers.dto';
import { shapedNotice } from './shaping';

export const PROVIDER_NOTICES = Symbol('what returns providers say');
export const PROVIDER_ACCOUNT = Symbol('account of a returns provider');
export const PROVIDER_CLOCK = Symbol('when returns providers say it');

/** A return of the largest order. */
const BODY_LIMIT = 2 * 1024 * 1024;

@ApiTags('returns providers')
@Controller('returns/providers')
export class ProviderNoticesController {
  constructor(
    @Inject(PROVIDER_NOTICES) private readonly notices: ProviderNotices,
    @Inject(PROVIDER_ACCOUNT) private readonly account: (provider: string) => Promise<ProviderAccount>,
    @Inject(PROVIDER_CLOCK) private readonly now: () => Date,
  ) {}

  @Post(':provider/webhooks')
  @Public('signed')
  @HttpCode(200)
  @KeepRawBody({ atMost: BODY_LIMIT })
  @ApiOperation({
    summary:
      'What a returns provider says, signed by it (Standard Webhooks; of the adapter `loop` as Loop signs, with its own `return` webhook as the body): twice, late, and in any order.',
    description:
      'A body that is not in this form is answered with 422 and its fields. What has the form and cannot be so is answered with 200: it waits at `/returns/providers/:provider/notices`, since sending it again would help nobody.',
  })
  @ApiBody({ type: ProviderNoticeDto })
  @Answers(200, notice, {
    refuses: {
      unproven: ['SIGNATURE_INVALID'],
      unknown: ['PROVIDER_UNKNOWN'],
      invalid: ['NOTICE_INVALID', 'TOPIC_NOT_TAKEN', 'STATE_UNKNOWN'],
    },
  })
  async receive(
    @Param() { provider }: ProviderPath,
    @Headers() headers: Readonly<Record<string, unknown>>,
    @RawBody() rawBody: Uint8Array,
    @RequestMeta() meta: Meta,
  ): Promise<ReceivedProviderNotice> {
    const { noticeId, content, doubts } = heardFrom(await this.account(provider), { headers, rawBody }, this.now());
    return this.notices.take({ provider, noticeId }, content, { ...meta, actor: provider }, doubts);
  }

  @Post(':provider/notices')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'What a provider said by other means, entered by a person: in the same form, and with the same effect.' })
  @Answers(200, notice, { refuses: { unknown: ['PROVIDER_UNKNOWN'] } })
  enter(@Param() { provider }: ProviderPath, @Body() body: ProviderNoticeDto, @CommandMeta() meta: Meta): Promise<ReceivedProviderNotice> {
    return this.notices.take({ provider, noticeId: meta.commandId }, shapedNotice(body), meta);
  }

  @Get(':provider/notices')
  @ApiOperation({
    summary: 'What a provider said, and what became of each, oldest first. `?status=refused` and `?status=parked` are for a person.',
  })
  @Answers(200, notices)
  async list(
    @Param() { provider }: ProviderPath,
    @Query() { status, ...query }: ProviderNoticesQueryDto,
  ): Promise<Page<ReceivedProviderNotice>> {
    const after = readCursor(query.cursor, 'instant', 'text');
    const rows = await this.notices.list({ provider, status, limit: limitOf(query) + 1, after });
    return pageOf(rows, query, ({ receivedAt, noticeId }) => [receivedAt, noticeId]);
  }

  @Post(':provider/notices/:noticeId/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Takes a refused notice again, once its cause was mended; or mended, as it should have been.' })
  @Answers(200, notice, { refuses: { unknown: ['NOTICE_UNKNOWN', 'PROVIDER_UNKNOWN'] } })
  resubmit(
    @Param() { provider, noticeId }: ProviderNoticePath,
    @Body() { notice: mended }: ProviderResubmitDto,
    @CommandMeta() meta: Meta,
  ): Promise<ReceivedProviderNotice> {
    return this.notices.resubmit({ provider, noticeId }, mended && shapedNotice(mended), meta);
  }

  @Post(':provider/notices/:noticeId/drop')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'A person has dealt with a refused notice by other means. Who and why is remembered.' })
  @Answers(200, notice, { refuses: { unknown: ['NOTICE_UNKNOWN'] } })
  drop(
    @Param() { provider, noticeId }: ProviderNoticePath,
    @Body() { reason }: ProviderDropDto,
    @CommandMeta() meta: Meta,
  ): Promise<ReceivedProviderNotice> {
    return this.notices.drop({ provider, noticeId }, reason, meta);
  }
}
