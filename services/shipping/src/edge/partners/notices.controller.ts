import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  Answers,
  CommandMeta,
  KeepRawBody,
  limitOf,
  NoPreview,
  type Page,
  pageOf,
  provenWebhookId,
  Public,
  RawBody,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PartnerAccount } from '../../app/partners/partner';
import type { PartnerNotices, ReceivedNotice } from '../../app/partners/partner-notices';
import { PartnerNoticeDto } from './notice.dto';
import { notice, notices } from './partners.answers';
import { PartnerDropDto, PartnerNoticePath, PartnerNoticesQueryDto, PartnerPath, PartnerResubmitDto } from './partners.dto';
import { shapedNotice } from './shaping';

export const PARTNER_NOTICES = Symbol('what partners say');
export const PARTNER_ACCOUNT = Symbol('account of a partner');
export const PARTNER_CLOCK = Symbol('when partners say it');

/** A stock report of some ten thousand SKUs. */
const BODY_LIMIT = 8 * 1024 * 1024;

const parsed = (rawBody: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(rawBody).toString('utf8')) as unknown;
  } catch {
    throw new Refused('NOTICE_INVALID', 'The body is no JSON.', 'invalid', [
      { field: 'body', code: 'NOTICE_INVALID', message: 'must be JSON' },
    ]);
  }
};

@ApiTags('partners')
@Controller('shipping/partners')
export class PartnerNoticesController {
  constructor(
    @Inject(PARTNER_NOTICES) private readonly notices: PartnerNotices,
    @Inject(PARTNER_ACCOUNT) private readonly account: (partner: string) => Promise<PartnerAccount>,
    @Inject(PARTNER_CLOCK) private readonly now: () => Date,
  ) {}

  @Post(':partner/webhooks')
  @Public('signed')
  @HttpCode(200)
  @KeepRawBody({ atMost: BODY_LIMIT })
  @ApiOperation({
    summary: 'What a partner says, signed by it (Standard Webhooks): twice, late, and in any order.',
    description:
      'A body that is not in this form is answered with 422 and its fields. What has the form and cannot be so is answered with 200: it waits at `/shipping/partners/:partner/notices`, since sending it again would help nobody.',
  })
  @ApiBody({ type: PartnerNoticeDto })
  @Answers(200, notice, { refuses: { unproven: ['SIGNATURE_INVALID'], unknown: ['PARTNER_UNKNOWN'], invalid: ['NOTICE_INVALID'] } })
  async receive(
    @Param() { partner }: PartnerPath,
    @Headers() headers: Readonly<Record<string, unknown>>,
    @RawBody() rawBody: Uint8Array,
    @RequestMeta() meta: Meta,
  ): Promise<ReceivedNotice> {
    const { secrets, labels } = await this.account(partner);
    const noticeId = provenWebhookId({ headers, rawBody }, secrets, this.now());
    const content = shapedNotice(parsed(rawBody), { labels, now: this.now().toISOString() });
    return this.notices.take({ partner, noticeId }, content, { ...meta, actor: partner });
  }

  @Post(':partner/notices')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'What a partner said by other means, entered by a person: in the same form, and with the same effect.' })
  @Answers(200, notice, { refuses: { unknown: ['PARTNER_UNKNOWN'] } })
  async enter(@Param() { partner }: PartnerPath, @Body() body: PartnerNoticeDto, @CommandMeta() meta: Meta): Promise<ReceivedNotice> {
    const { labels } = await this.account(partner);
    const content = shapedNotice(body, { labels, now: this.now().toISOString() });
    return this.notices.take({ partner, noticeId: meta.commandId }, content, meta);
  }

  @Get(':partner/notices')
  @ApiOperation({
    summary: 'What a partner said, and what became of each, oldest first. `?status=refused` and `?status=parked` are for a person.',
  })
  @Answers(200, notices)
  async list(@Param() { partner }: PartnerPath, @Query() { status, ...query }: PartnerNoticesQueryDto): Promise<Page<ReceivedNotice>> {
    const after = readCursor(query.cursor, 'instant', 'text');
    const rows = await this.notices.list({ partner, status, limit: limitOf(query) + 1, after });
    return pageOf(rows, query, ({ receivedAt, noticeId }) => [receivedAt, noticeId]);
  }

  @Post(':partner/notices/:noticeId/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Takes a refused notice again, once its cause was mended; or mended, as it should have been.' })
  @Answers(200, notice, { refuses: { unknown: ['NOTICE_UNKNOWN', 'PARTNER_UNKNOWN'] } })
  async resubmit(
    @Param() { partner, noticeId }: PartnerNoticePath,
    @Body() { notice: mended }: PartnerResubmitDto,
    @CommandMeta() meta: Meta,
  ): Promise<ReceivedNotice> {
    const { labels } = await this.account(partner);
    const content = mended && shapedNotice(mended, { labels, now: this.now().toISOString() });
    return this.notices.resubmit({ partner, noticeId }, content, meta);
  }

  @Post(':partner/notices/:noticeId/drop')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'A person has dealt with a refused notice by other means. Who and why is remembered.' })
  @Answers(200, notice, { refuses: { unknown: ['NOTICE_UNKNOWN'] } })
  drop(
    @Param() { partner, noticeId }: PartnerNoticePath,
    @Body() { reason }: PartnerDropDto,
    @CommandMeta() meta: Meta,
  ): Promise<ReceivedNotice> {
    return this.notices.drop({ partner, noticeId }, reason, meta);
  }
}
