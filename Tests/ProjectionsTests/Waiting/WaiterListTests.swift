import EventLog
import Testing

@testable import Projections

/// Who waits for which position.
struct WaiterListTests {
    private typealias List = WaiterList<String>

    private static let now = ContinuousClock.now
    private static let key = List.Key(workspace: WorkspaceID(rawValue: 1), projection: .directory)

    private func add(_ list: WaiterDriver, _ position: Int64, _ token: String, after: Duration = .seconds(1)) -> Int {
        let id = list.reserve()
        #expect(
            list.add(id, Self.key, position: Position(rawValue: position), deadline: Self.now + after, token: token)
                == nil
        )
        return id
    }

    private func sighting(_ position: Int64?, head: Int64?) -> List.Sighting {
        List.Sighting(position: position.map(Position.init(rawValue:)), head: head.map(Position.init(rawValue:)))
    }

    @Test func progressWakesThoseWhoWaitedForItAndNoOthers() {
        let list = WaiterDriver(limit: 10)
        _ = add(list, 5, "five")
        _ = add(list, 6, "six")
        let deliveries = list.advanced(Self.key, to: Position(rawValue: 5))
        #expect(deliveries.map(\.token) == ["five"])
        #expect(deliveries.map(\.answer) == [.reached(Position(rawValue: 5))])
        let other = List.Key(workspace: WorkspaceID(rawValue: 2), projection: .directory)
        #expect(list.advanced(other, to: Position(rawValue: 9)).isEmpty)
        #expect(list.count == 1)
    }

    @Test func positionAboveTheHeadFailsAtOnce() {
        let list = WaiterDriver(limit: 10)
        _ = add(list, 8, "eight")
        #expect(list.saw(Self.key, sighting(2, head: 8)).isEmpty)
        #expect(list.saw(Self.key, sighting(2, head: 7)).map(\.answer) == [.beyondHead(Position(rawValue: 7))])
        #expect(list.keys.isEmpty)
    }

    /// Between the look and its result an event may be appended, and somebody wait for it.
    @Test func lookRefusesNobodyWhoCameAfterIt() {
        let list = WaiterDriver(limit: 10)
        _ = add(list, 7, "before")
        let look = list.beginLook()
        _ = add(list, 8, "after")
        #expect(list.saw(Self.key, sighting(6, head: 6), inLook: look).map(\.token) == ["before"])
        #expect(list.saw(Self.key, sighting(6, head: 7)).map(\.token) == ["after"])
    }

    @Test func unknownWorkspaceIsSaid() {
        let list = WaiterDriver(limit: 10)
        _ = add(list, 1, "one")
        #expect(list.saw(Self.key, sighting(nil, head: nil)).map(\.answer) == [.unknown])
    }

    @Test func deadlineTellsThePositionSeenLast() {
        let list = WaiterDriver(limit: 10)
        _ = add(list, 9, "early", after: .seconds(1))
        _ = add(list, 9, "late", after: .seconds(2))
        _ = list.saw(Self.key, sighting(4, head: 9))
        #expect(list.expire(now: Self.now).isEmpty)
        let expired = list.expire(now: Self.now + .seconds(1))
        #expect(expired.map(\.token) == ["early"])
        #expect(expired.map(\.answer) == [.timedOut(Position(rawValue: 4))])
        #expect(list.count == 1)
    }

    @Test func cancelEndsOneWait() {
        let list = WaiterDriver(limit: 10)
        let id = add(list, 1, "one")
        #expect(list.cancel(id)?.answer == .cancelled)
        #expect(list.cancel(id)?.answer == nil)
    }

    @Test func fullOrClosedListRefuses() {
        let list = WaiterDriver(limit: 1)
        _ = add(list, 1, "one")
        let position = Position(rawValue: 1)
        #expect(list.add(list.reserve(), Self.key, position: position, deadline: Self.now, token: "two") == .refused)
        #expect(list.close().map(\.token) == ["one"])
        #expect(
            list.add(list.reserve(), Self.key, position: position, deadline: Self.now, token: "three") == .cancelled
        )
    }
}
