/// A caller that waits for a connection.
struct PoolRequest: Sendable, Equatable {
    typealias Grant = PoolStateMachine<PostgresConnection, PoolRequest>.Grant

    let answer = Promise<Result<Grant, PostgresError>>()

    static func == (left: PoolRequest, right: PoolRequest) -> Bool {
        left.answer === right.answer
    }
}
