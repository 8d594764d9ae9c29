import Testing

@testable import EventLog

@Suite(.timeLimit(.minutes(10)))
struct LogActivityTests {
    private let one = WorkspaceID(rawValue: 1)
    private let two = WorkspaceID(rawValue: 2)

    @Test func newsIsCoalesced() async {
        let activity = LogActivity()
        let subscription = activity.subscribe()
        for _ in 1...1000 { activity.appended(one) }
        activity.appended(two)
        #expect(await subscription.next() == TouchedWorkspaces([one, two]))
        activity.appended(two)
        #expect(await subscription.next() == TouchedWorkspaces([two]))
    }

    @Test func waiterIsWoken() async {
        let activity = LogActivity()
        let subscription = activity.subscribe()
        await withTaskGroup(of: TouchedWorkspaces?.self) { group in
            group.addTask { await subscription.next() }
            await Task.yield()
            activity.appended(one)
            #expect(await group.next() == TouchedWorkspaces([one]))
        }
    }

    @Test func everySubscriberHasItsOwnNews() async {
        let activity = LogActivity()
        let (first, second) = (activity.subscribe(), activity.subscribe())
        activity.appended(one)
        #expect(await first.next()?.workspaces == [one])
        activity.appended(two)
        #expect(await first.next()?.workspaces == [two])
        #expect(await second.next()?.workspaces == [one, two])
    }

    @Test func newsFromElsewhereIsNotOurOwn() async {
        let activity = LogActivity()
        let (anywhere, here) = (activity.subscribe(), activity.subscribe(to: .here))
        activity.noticed(TouchedWorkspaces([one]))
        activity.appended(two)
        #expect(await anywhere.next()?.workspaces == [one, two])
        #expect(await here.next()?.workspaces == [two])
    }

    @Test func cancellationEndsTheSequence() async {
        let activity = LogActivity()
        let subscription = activity.subscribe()
        await withTaskGroup(of: Int.self) { group in
            group.addTask {
                var count = 0
                while await subscription.next() != nil { count += 1 }
                return count
            }
            group.cancelAll()
            #expect(await group.next() == 0)
        }
        activity.appended(one)
        #expect(await subscription.next()?.workspaces == [one])
    }

    @Test func newsIsBounded() async {
        let activity = LogActivity()
        let subscription = activity.subscribe()
        for number in 1...10_000 { activity.appended(WorkspaceID(rawValue: Int64(number))) }
        let touched = await subscription.next()
        #expect(touched?.workspaces.count == TouchedWorkspaces.limit)
        #expect(touched?.isComplete == false)
        activity.appended(one)
        #expect(await subscription.next() == TouchedWorkspaces([one]))
    }

    @Test func missedNewsIsTold() async {
        let activity = LogActivity()
        let subscription = activity.subscribe()
        activity.noticed(TouchedWorkspaces(isComplete: false))
        #expect(await subscription.next() == TouchedWorkspaces(isComplete: false))
    }

    @Test func nobodyListeningCostsNothing() {
        let activity = LogActivity()
        for number in 1...10_000 { activity.appended(WorkspaceID(rawValue: Int64(number))) }
        do {
            let subscription = activity.subscribe()
            _ = subscription
        }
        activity.appended(one)
    }

    @Test(arguments: [[], [1], [3, 1, 2], Array(1...1000)] as [[Int64]])
    func payloadRoundTrips(numbers: [Int64]) {
        guard !numbers.isEmpty else { return }
        let touched = TouchedWorkspaces(Set(numbers.map(WorkspaceID.init(rawValue:))))
        #expect(ActivityPayload.decode(ActivityPayload.encode(touched)) == touched)
    }

    @Test func payloadIsShort() {
        #expect(ActivityPayload.encode(TouchedWorkspaces([two, one])) == "1,2")
        let many = TouchedWorkspaces(Set((1...4000).map { WorkspaceID(rawValue: $0) }))
        #expect(ActivityPayload.encode(many) == "*")
        #expect(ActivityPayload.encode(TouchedWorkspaces([one], isComplete: false)) == "*")
    }

    @Test(arguments: ["", "*", "1,", "a", "1;2", "-1", "0", "99999999999999999999"])
    func otherPayloadsMeanAnyWorkspace(_ text: String) {
        #expect(ActivityPayload.decode(text) == TouchedWorkspaces(isComplete: false))
    }
}
