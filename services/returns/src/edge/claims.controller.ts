import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IdParam,
  IfMatch,
  limitOf,
  type Page,
  pageOf,
  readCursor,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ClaimRow, ListClaims } from '../app/claim-list';
import { shownClaim, type Claims, type ShownClaim } from '../app/claims';
import { claimPage, shownClaimAnswer } from './claims.answers';
import { ClaimQueryDto, DecideClaimDto, OpenClaimDto } from './claims.dto';

export const CLAIMS = Symbol('claims');
export const LIST_CLAIMS = Symbol('list of claims');

@ApiTags('returns')
@Controller('returns/claims')
export class ClaimsController {
  constructor(
    @Inject(CLAIMS) private readonly claims: Claims,
    @Inject(LIST_CLAIMS) private readonly listClaims: ListClaims,
  ) {}

  @Post()
  @Within('body.orderId')
  @ApiOperation({ summary: 'Goods came damaged, were missing in their parcel, or are other goods.' })
  @Answers(201, shownClaimAnswer, {
    headers: [...commandHeaders, Headers.location],
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['RETURN_POLICY_UNKNOWN'], invalid: ['LINE_NOT_CLAIMABLE'] },
  })
  async open(
    @Body() { photos = [], ...request }: OpenClaimDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownClaim> {
    const found = await this.claims.open({ ...request, photos }, meta);
    reply.header('Location', `/returns/claims/${found.claim.claimId}`);
    answered(reply, found);
    return shownClaim(found);
  }

  @Get()
  @Within('query.channel')
  @ApiOperation({ summary: 'Claims, newest first; those that are overdue wait for a person.' })
  @Answers(200, claimPage)
  async list(@Query() query: ClaimQueryDto): Promise<Page<ClaimRow>> {
    const rows = await this.listClaims(query, readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(rows, query, ({ openedAt, claimId }) => [openedAt, claimId]);
  }

  @Get(':claimId')
  @ApiOperation({ summary: 'One claim as it stands.' })
  @Answers(200, shownClaimAnswer, { headers: [Headers.etag], refuses: { unknown: ['CLAIM_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async get(@Param('claimId', IdParam) claimId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownClaim> {
    const found = await this.claims.get(claimId);
    reply.header(Headers.etag, etagOf(found.version));
    return shownClaim(found);
  }

  @Post(':claimId/decision')
  @HttpCode(200)
  @ApiOperation({ summary: 'A person decides: a refund, or a part of it; the goods once more; a return first; nothing.' })
  @Answers(200, shownClaimAnswer, {
    headers: commandHeaders,
    refuses: { unknown: ['CLAIM_UNKNOWN'], conflict: ['CLAIM_DECIDED'], invalid: ['ID_INVALID', 'CLAIM_OF_MISSING'] },
  })
  async decide(
    @Param('claimId', IdParam) claimId: string,
    @Body() verdict: DecideClaimDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownClaim> {
    const found = await this.claims.decide(claimId, verdict, { meta, ifVersion });
    answered(reply, found);
    return shownClaim(found);
  }
}
