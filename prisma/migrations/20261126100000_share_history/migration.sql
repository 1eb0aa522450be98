-- A trainer may be shown a history.
ALTER TABLE "consents" DROP CONSTRAINT "consents_choice_check";
ALTER TABLE "consents"
    ADD CONSTRAINT "consents_choice_check" CHECK (
        ("purpose" = 'live' AND "choice" IN ('me', 'trainer', 'everyone'))
        OR ("purpose" IN ('keep', 'share_history') AND "choice" IN ('yes', 'no'))
        OR ("purpose" = 'share_summary' AND "choice" IN ('no', 'summary', 'curve'))
    );
