import * as account from '@/app/api/account/route'
import * as accountExport from '@/app/api/account/export/route'
import * as activities from '@/app/api/activities/route'
import * as activitiesKnown from '@/app/api/activities/known/route'
import * as activitiesActivityId from '@/app/api/activities/[activityId]/route'
import * as activitiesActivityIdFile from '@/app/api/activities/[activityId]/file/route'
import * as activitiesActivityIdSendings from '@/app/api/activities/[activityId]/sendings/route'
import * as bearers from '@/app/api/bearers/route'
import * as bearersBearerId from '@/app/api/bearers/[bearerId]/route'
import * as classesClassId from '@/app/api/classes/[classId]/route'
import * as classesClassIdAttendanceCsv from '@/app/api/classes/[classId]/attendance.csv/route'
import * as classesClassIdBoard from '@/app/api/classes/[classId]/board/route'
import * as classesClassIdBoardChannels from '@/app/api/classes/[classId]/board/channels/route'
import * as classesClassIdBooking from '@/app/api/classes/[classId]/booking/route'
import * as classesClassIdCancel from '@/app/api/classes/[classId]/cancel/route'
import * as classesClassIdCapacity from '@/app/api/classes/[classId]/capacity/route'
import * as classesClassIdChannels from '@/app/api/classes/[classId]/channels/route'
import * as classesClassIdClose from '@/app/api/classes/[classId]/close/route'
import * as classesClassIdConsents from '@/app/api/classes/[classId]/consents/route'
import * as classesClassIdEndWorkout from '@/app/api/classes/[classId]/end-workout/route'
import * as classesClassIdHand from '@/app/api/classes/[classId]/hand/route'
import * as classesClassIdJoin from '@/app/api/classes/[classId]/join/route'
import * as classesClassIdLeave from '@/app/api/classes/[classId]/leave/route'
import * as classesClassIdLine from '@/app/api/classes/[classId]/line/route'
import * as classesClassIdMe from '@/app/api/classes/[classId]/me/route'
import * as classesClassIdMessages from '@/app/api/classes/[classId]/messages/route'
import * as classesClassIdMuteAll from '@/app/api/classes/[classId]/mute-all/route'
import * as classesClassIdOpen from '@/app/api/classes/[classId]/open/route'
import * as classesClassIdPairings from '@/app/api/classes/[classId]/pairings/route'
import * as classesClassIdParticipantsParticipantIdLowerHand from '@/app/api/classes/[classId]/participants/[participantId]/lower-hand/route'
import * as classesClassIdParticipantsParticipantIdMute from '@/app/api/classes/[classId]/participants/[participantId]/mute/route'
import * as classesClassIdParticipantsParticipantIdPaid from '@/app/api/classes/[classId]/participants/[participantId]/paid/route'
import * as classesClassIdParticipantsParticipantIdRemove from '@/app/api/classes/[classId]/participants/[participantId]/remove/route'
import * as classesClassIdPlace from '@/app/api/classes/[classId]/place/route'
import * as classesClassIdPlan from '@/app/api/classes/[classId]/plan/route'
import * as classesClassIdPresence from '@/app/api/classes/[classId]/presence/route'
import * as classesClassIdReactions from '@/app/api/classes/[classId]/reactions/route'
import * as classesClassIdRestore from '@/app/api/classes/[classId]/restore/route'
import * as classesClassIdSignals from '@/app/api/classes/[classId]/signals/route'
import * as classesClassIdSpotlight from '@/app/api/classes/[classId]/spotlight/route'
import * as classesClassIdStartWorkout from '@/app/api/classes/[classId]/start-workout/route'
import * as classesClassIdState from '@/app/api/classes/[classId]/state/route'
import * as classesClassIdSummary from '@/app/api/classes/[classId]/summary/route'
import * as classesClassIdSummaryMail from '@/app/api/classes/[classId]/summary/mail/route'
import * as classesClassIdSummaryRecompute from '@/app/api/classes/[classId]/summary/recompute/route'
import * as classesClassIdTimer from '@/app/api/classes/[classId]/timer/route'
import * as classesClassIdTv from '@/app/api/classes/[classId]/tv/route'
import * as consentsTrainerId from '@/app/api/consents/[trainerId]/route'
import * as connections from '@/app/api/connections/route'
import * as connectionsCallbackProvider from '@/app/api/connections/callback/[provider]/route'
import * as connectionsConnectionId from '@/app/api/connections/[connectionId]/route'
import * as connectionsConnectionIdPast from '@/app/api/connections/[connectionId]/past/route'
import * as connectionsConnectionIdRead from '@/app/api/connections/[connectionId]/read/route'
import * as health from '@/app/api/health/route'
import * as historySharesTrainerId from '@/app/api/history-shares/[trainerId]/route'
import * as messagesMessageId from '@/app/api/messages/[messageId]/route'
import * as notices from '@/app/api/notices/route'
import * as noticesTokenStop from '@/app/api/notices/[token]/stop/route'
import * as noticesConfirm from '@/app/api/notices/confirm/route'
import * as pairingsRedeem from '@/app/api/pairings/redeem/route'
import * as pairingsTv from '@/app/api/pairings/tv/route'
import * as pairingsTvClaim from '@/app/api/pairings/tv/claim/route'
import * as profile from '@/app/api/profile/route'
import * as pushSubscriptions from '@/app/api/push-subscriptions/route'
import * as recorders from '@/app/api/recorders/route'
import * as recordersRecorderIdChunks from '@/app/api/recorders/[recorderId]/chunks/route'
import * as series from '@/app/api/series/route'
import * as seriesSeriesId from '@/app/api/series/[seriesId]/route'
import * as seriesSeriesIdClasses from '@/app/api/series/[seriesId]/classes/route'
import * as seriesSeriesIdEnd from '@/app/api/series/[seriesId]/end/route'
import * as seriesSeriesIdFollow from '@/app/api/series/[seriesId]/follow/route'
import * as seriesSeriesIdMembership from '@/app/api/series/[seriesId]/membership/route'
import * as seriesSeriesIdMergePeople from '@/app/api/series/[seriesId]/merge-people/route'
import * as seriesSeriesIdMessages from '@/app/api/series/[seriesId]/messages/route'
import * as seriesSeriesIdPlan from '@/app/api/series/[seriesId]/plan/route'
import * as signIn from '@/app/api/sign-in/route'
import * as summaryLinksErase from '@/app/api/summary-links/erase/route'
import * as summaryLinksRevoke from '@/app/api/summary-links/revoke/route'
import * as templates from '@/app/api/templates/route'
import * as templatesTemplateId from '@/app/api/templates/[templateId]/route'
import * as time from '@/app/api/time/route'
import * as webhooksProviderKey from '@/app/api/webhooks/[provider]/[key]/route'
import * as uploadTest from '@/app/api/upload-test/route'
import * as timetableDuplicateLastWeek from '@/app/api/timetable/duplicate-last-week/route'

/** Every route file of our own, by its address; a test compares this list with the folder. */
export const ROUTE_FILES: Readonly<Record<string, object>> = {
  '/api/account': account,
  '/api/account/export': accountExport,
  '/api/activities': activities,
  '/api/activities/known': activitiesKnown,
  '/api/activities/[activityId]': activitiesActivityId,
  '/api/activities/[activityId]/file': activitiesActivityIdFile,
  '/api/activities/[activityId]/sendings': activitiesActivityIdSendings,
  '/api/bearers': bearers,
  '/api/bearers/[bearerId]': bearersBearerId,
  '/api/classes/[classId]': classesClassId,
  '/api/classes/[classId]/attendance.csv': classesClassIdAttendanceCsv,
  '/api/classes/[classId]/board': classesClassIdBoard,
  '/api/classes/[classId]/board/channels': classesClassIdBoardChannels,
  '/api/classes/[classId]/booking': classesClassIdBooking,
  '/api/classes/[classId]/cancel': classesClassIdCancel,
  '/api/classes/[classId]/capacity': classesClassIdCapacity,
  '/api/classes/[classId]/channels': classesClassIdChannels,
  '/api/classes/[classId]/close': classesClassIdClose,
  '/api/classes/[classId]/consents': classesClassIdConsents,
  '/api/classes/[classId]/end-workout': classesClassIdEndWorkout,
  '/api/classes/[classId]/hand': classesClassIdHand,
  '/api/classes/[classId]/join': classesClassIdJoin,
  '/api/classes/[classId]/leave': classesClassIdLeave,
  '/api/classes/[classId]/line': classesClassIdLine,
  '/api/classes/[classId]/me': classesClassIdMe,
  '/api/classes/[classId]/messages': classesClassIdMessages,
  '/api/classes/[classId]/mute-all': classesClassIdMuteAll,
  '/api/classes/[classId]/open': classesClassIdOpen,
  '/api/classes/[classId]/pairings': classesClassIdPairings,
  '/api/classes/[classId]/participants/[participantId]/lower-hand': classesClassIdParticipantsParticipantIdLowerHand,
  '/api/classes/[classId]/participants/[participantId]/mute': classesClassIdParticipantsParticipantIdMute,
  '/api/classes/[classId]/participants/[participantId]/paid': classesClassIdParticipantsParticipantIdPaid,
  '/api/classes/[classId]/participants/[participantId]/remove': classesClassIdParticipantsParticipantIdRemove,
  '/api/classes/[classId]/place': classesClassIdPlace,
  '/api/classes/[classId]/plan': classesClassIdPlan,
  '/api/classes/[classId]/presence': classesClassIdPresence,
  '/api/classes/[classId]/reactions': classesClassIdReactions,
  '/api/classes/[classId]/restore': classesClassIdRestore,
  '/api/classes/[classId]/signals': classesClassIdSignals,
  '/api/classes/[classId]/spotlight': classesClassIdSpotlight,
  '/api/classes/[classId]/start-workout': classesClassIdStartWorkout,
  '/api/classes/[classId]/state': classesClassIdState,
  '/api/classes/[classId]/summary': classesClassIdSummary,
  '/api/classes/[classId]/summary/mail': classesClassIdSummaryMail,
  '/api/classes/[classId]/summary/recompute': classesClassIdSummaryRecompute,
  '/api/classes/[classId]/timer': classesClassIdTimer,
  '/api/classes/[classId]/tv': classesClassIdTv,
  '/api/consents/[trainerId]': consentsTrainerId,
  '/api/connections': connections,
  '/api/connections/callback/[provider]': connectionsCallbackProvider,
  '/api/connections/[connectionId]': connectionsConnectionId,
  '/api/connections/[connectionId]/past': connectionsConnectionIdPast,
  '/api/connections/[connectionId]/read': connectionsConnectionIdRead,
  '/api/health': health,
  '/api/history-shares/[trainerId]': historySharesTrainerId,
  '/api/messages/[messageId]': messagesMessageId,
  '/api/notices': notices,
  '/api/notices/[token]/stop': noticesTokenStop,
  '/api/notices/confirm': noticesConfirm,
  '/api/pairings/redeem': pairingsRedeem,
  '/api/pairings/tv': pairingsTv,
  '/api/pairings/tv/claim': pairingsTvClaim,
  '/api/profile': profile,
  '/api/push-subscriptions': pushSubscriptions,
  '/api/recorders': recorders,
  '/api/recorders/[recorderId]/chunks': recordersRecorderIdChunks,
  '/api/series': series,
  '/api/series/[seriesId]': seriesSeriesId,
  '/api/series/[seriesId]/classes': seriesSeriesIdClasses,
  '/api/series/[seriesId]/end': seriesSeriesIdEnd,
  '/api/series/[seriesId]/follow': seriesSeriesIdFollow,
  '/api/series/[seriesId]/membership': seriesSeriesIdMembership,
  '/api/series/[seriesId]/merge-people': seriesSeriesIdMergePeople,
  '/api/series/[seriesId]/messages': seriesSeriesIdMessages,
  '/api/series/[seriesId]/plan': seriesSeriesIdPlan,
  '/api/sign-in': signIn,
  '/api/summary-links/erase': summaryLinksErase,
  '/api/summary-links/revoke': summaryLinksRevoke,
  '/api/templates': templates,
  '/api/templates/[templateId]': templatesTemplateId,
  '/api/time': time,
  '/api/upload-test': uploadTest,
  '/api/webhooks/[provider]/[key]': webhooksProviderKey,
  '/api/timetable/duplicate-last-week': timetableDuplicateLastWeek,
}
