/** What the desk says beside its template, in Korean and in English. */

export const WORDS = {
  ko: {
    channel: {telephone: '전화', web: '인터넷', mobile: '모바일', sms: '문자', fax: '팩스', email: '전자우편', counter: '방문', crew: '현장', open311: 'Open311', other: '기타'},
    call: {ringing: '벨 울림', talking: '통화 중', ended: '통화 종료', callback: '콜백', abandoned: '포기호'},
    state: {received: '접수', 'at-desk': '상담 대기', escalated: '부서 이관', acknowledged: '부서 접수', resolved: '처리완료', abandoned: '포기'},
    what: {
      'call-received': '접수', 'call-answered': '전화 받음', 'call-ended': '통화 종료', 'inquiry-described': '상담 내용 적음', 'inquiry-assigned': '상담 대기',
      'inquiry-resolved': '처리완료', 'complaint-escalated': '부서 이관', 'complaint-acknowledged': '부서 접수', 'complaint-returned': '반송', 'satisfaction-rated': '만족도 평가', 'answer-corrected': '답변 바로잡음', 'recall-requested': '회수 요청', 'complaint-recalled': '회수', 'inquiry-reopened': '추가답변 요청',
    },
    urgent: '긴급', out: '발신', closed: '시간 외', returned: '반송', reopened: '추가답변 요청', mine: '내 상담', suggested: '추천',
    receipt: '접수번호', received: '접수', category: '분류', place: '장소', name: '이름', telephone: '전화', email: '전자우편', due: '처리기한', why: '배정 이유',
    noWords: '아직 적힌 내용이 없습니다.', call119: numbers => `먼저 ${numbers}에 연결해 주십시오.`, history: '경과', past: '같은 전화의 이전 민원', noPast: '없습니다.',
    resolved: '처리완료하였습니다.', escalated: name => `${name}(으)로 이관하였습니다.`, described: '적어 두었습니다.', corrected: '답변을 바로잡았습니다.', reopenedFor: '추가답변을 요청하였습니다.', ratedFor: '평가하였습니다.', withdrawn: '취하하였습니다.', recalled: '상담 화면으로 회수하였습니다.', recalling: '회수를 요청하였습니다. 부서의 확인을 기다립니다.', opened: number => `접수하였습니다: ${number}`,
    taken: {resolve: name => `${name} 님이 먼저 처리하였습니다.`, escalate: name => `${name} 님이 먼저 이관하였습니다.`}, rule: '규칙', left: '이 민원은 이제 대기 목록에 없습니다.',
    chosen: '고르십시오: 부서', answer: '답변을 적어 주십시오.',
    samePlace: '같은 장소의 이전 민원', use: '이 답변 넣기', sameWords: n => `같은 낱말 ${n}개`, times: n => `비슷한 민원 ${n}건에 같은 답변`, used: '답변란에 넣었습니다. 고쳐서 보내십시오.',
    because: {rule: '규칙', category: '분류', words: '낱말', past: (n, of) => `비슷한 지난 민원 ${of}건 가운데 ${n}건을 처리`},
    found: n => `${n}건을 찾았습니다.`, foundMore: n => `${n}건만 보입니다. 더 있으니 낱말을 더 적어 주십시오.`, foundNothing: '찾은 민원이 없습니다. 전화번호와 이름은 전체를 적어야 찾습니다.',
    callSays: {ringing: what => `전화가 옵니다: ${what}`, talking: what => `전화를 받았습니다: ${what}`}, callOpened: '통화를 열었습니다.', agent: '상담사',
    foundNotReady: '지난 민원을 아직 읽고 있어 더 있을 수 있습니다.', searching: '찾고 있습니다.', by: {telephone: '전화번호 일치', name: '이름 일치', number: '접수번호 일치'},
  },
  en: {
    channel: {telephone: 'Telephone', web: 'Web', mobile: 'Mobile', sms: 'Text', fax: 'Fax', email: 'E-mail', counter: 'Counter', crew: 'Crew', open311: 'Open311', other: 'Other'},
    call: {ringing: 'Ringing', talking: 'Talking', ended: 'Call ended', callback: 'Callback', abandoned: 'Abandoned'},
    state: {received: 'Received', 'at-desk': 'At the desk', escalated: 'Escalated', acknowledged: 'Acknowledged', resolved: 'Resolved', abandoned: 'Abandoned'},
    what: {
      'call-received': 'Received', 'call-answered': 'Answered', 'call-ended': 'Call ended', 'inquiry-described': 'Described', 'inquiry-assigned': 'At the desk',
      'inquiry-resolved': 'Resolved', 'complaint-escalated': 'Escalated', 'complaint-acknowledged': 'Acknowledged', 'complaint-returned': 'Returned', 'satisfaction-rated': 'Rated', 'answer-corrected': 'Answer corrected', 'recall-requested': 'Asked back', 'complaint-recalled': 'Taken back', 'inquiry-reopened': 'Asked again',
    },
    urgent: 'Emergency', out: 'Outgoing', closed: 'After hours', returned: 'Returned', reopened: 'Asked again', mine: 'Mine', suggested: 'Suggested',
    receipt: 'Receipt number', received: 'Received', category: 'Category', place: 'Place', name: 'Name', telephone: 'Telephone', email: 'E-mail', due: 'Due', why: 'Why it is here',
    noWords: 'Nothing is written down yet.', call119: numbers => `First put it through to ${numbers}.`, history: 'History', past: 'Earlier inquiries from this telephone', noPast: 'None.',
    resolved: 'Resolved.', escalated: name => `Escalated to ${name}.`, described: 'Written down.', corrected: 'The answer is corrected.', reopenedFor: 'Asked again.', ratedFor: 'Rated.', withdrawn: 'Withdrawn.', recalled: 'Back at the desk.', recalling: 'Asked back. The department\'s side has not confirmed it yet.', opened: number => `Opened: ${number}`,
    taken: {resolve: name => `${name} resolved it first.`, escalate: name => `${name} escalated it first.`}, rule: 'A rule', left: 'This inquiry is no longer in the queue.',
    chosen: 'Choose a department', answer: 'Please write an answer.',
    samePlace: 'Earlier inquiries about this place', use: 'Use this answer', sameWords: n => (n === 1 ? '1 word the same' : `${n} words the same`), times: n => `the same answer to ${n} similar inquiries`, used: 'It stands in the answer field. Change it, then send it.',
    because: {rule: 'Rule', category: 'Category', words: 'Words', past: (n, of) => `settled ${n} of ${of} similar past inquiries`},
    found: n => (n === 1 ? '1 case found.' : `${n} cases found.`), foundMore: n => `Only ${n} are shown. There are more: add a word.`, foundNothing: 'Nothing was found. Telephone numbers and names are found only whole.',
    callSays: {ringing: what => `A call rings: ${what}`, talking: what => `You answered a call: ${what}`}, callOpened: 'Your call is open.', agent: 'Agent',
    foundNotReady: 'Past cases are still being read, so there may be more.', searching: 'Searching.', by: {telephone: 'Telephone matches', name: 'Name matches', number: 'Number matches'},
  },
};
