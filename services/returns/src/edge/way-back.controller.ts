import type { Meta } from '@cartage/eventsourcing';
import { Answers, answered, CommandMeta, commandHeaders, IdParam, IfMatch } from '@cartage/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ReturnFound, Returns } from '../app/returns';
import { shownReturn, type ShownReturn } from '../app/shown-return';
import { rma } from './returns.answers';
import { RETURNS } from './returns.controller';
import { CancelReturnDto, ReturnLabelDto, ReturnScanDto } from './way-back.dto';

const answer = (reply: FastifyReply, found: ReturnFound): ShownReturn => {
  answered(reply, found);
  return shownReturn(found);
};

/** What happens to a return between the door of the customer and a dock. */
@ApiTags('returns')
@Controller('returns')
export class WayBackController {
  constructor(@Inject(RETURNS) private readonly returns: Returns) {}

  @Post(':returnId/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'The customer keeps it after all, as long as nothing came and nothing was paid for it.' })
  @Answers(200, rma, {
    headers: commandHeaders,
    refuses: {
      unknown: ['RETURN_UNKNOWN'],
      conflict: ['RETURN_STATUS', 'RETURN_REFUNDED', 'RETURN_RECEIVED'],
      invalid: ['ID_INVALID'],
    },
  })
  async cancel(
    @Param('returnId', IdParam) returnId: string,
    @Body() { note }: CancelReturnDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return answer(reply, await this.returns.cancel(returnId, note, { meta, ifVersion }));
  }

  @Post(':returnId/labels')
  @HttpCode(200)
  @ApiOperation({ summary: 'The customer has a label for the way back, or a code for one.' })
  @Answers(200, rma, {
    headers: commandHeaders,
    refuses: { unknown: ['RETURN_UNKNOWN'], conflict: ['RETURN_STATUS'], invalid: ['ID_INVALID'] },
  })
  async label(
    @Param('returnId', IdParam) returnId: string,
    @Body() label: ReturnLabelDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return answer(reply, await this.returns.label(returnId, label, { meta, ifVersion }));
  }

  @Post(':returnId/scans')
  @HttpCode(200)
  @ApiOperation({ summary: 'A carrier scanned a parcel on its way back; the refund follows where the policy says so.' })
  @Answers(200, rma, { headers: commandHeaders, refuses: { unknown: ['RETURN_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async scan(
    @Param('returnId', IdParam) returnId: string,
    @Body() scan: ReturnScanDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return answer(reply, await this.returns.scan(returnId, scan, { meta, ifVersion }));
  }
}
