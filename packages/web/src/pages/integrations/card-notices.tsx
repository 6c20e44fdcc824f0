import { useState } from 'react';
import type { Integration, Notice as NoticeData } from '../../api/types.gen.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/states.tsx';
import { ReviewListing } from './review-listing.tsx';

/** Notices that only inform: nothing is wrong, and nothing is to be done. */
const CALM_CODES: ReadonlySet<NoticeData['code']> = new Set(['DNS_ELSEWHERE', 'CUSTOMER_ID_NOT_CHECKED']);
/** A held listing that was accepted has this title: there is nothing left to review. */
const ACCEPTED_TITLE = 'Listing Accepted';

/** What to know of an integration whose sync did not fail: what was left out, held, or comes to an end. */
export function CardNotices({
  integration,
  name,
}: {
  readonly integration: Integration;
  readonly name: string;
}) {
  const [isReviewing, setReviewing] = useState(false);
  const held = integration.notices.find(isHeld);
  return (
    <>
      <ul className="flex flex-col gap-2">
        {integration.notices.map((notice) => (
          <li key={notice.code}>
            <Notice
              tone={CALM_CODES.has(notice.code) || isAccepted(notice) ? 'calm' : 'warn'}
              title={notice.title}
              actions={
                isHeld(notice) && (
                  <Button small aria-haspopup="dialog" onClick={() => setReviewing(true)}>
                    Review
                  </Button>
                )
              }
            >
              <p className="break-words">{notice.detail}</p>
              {notice.advice.length > 0 && (
                <ul className="mt-1 list-disc space-y-1 pl-5 break-words">
                  {notice.advice.map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              )}
            </Notice>
          </li>
        ))}
      </ul>
      <ReviewListing
        isOpen={isReviewing && held !== undefined}
        integration={integration}
        name={name}
        detail={held?.detail ?? ''}
        onClose={() => setReviewing(false)}
      />
    </>
  );
}

function isAccepted({ code, title }: NoticeData): boolean {
  return code === 'LISTING_SHRANK' && title === ACCEPTED_TITLE;
}

function isHeld(notice: NoticeData): boolean {
  return notice.code === 'LISTING_SHRANK' && !isAccepted(notice);
}
