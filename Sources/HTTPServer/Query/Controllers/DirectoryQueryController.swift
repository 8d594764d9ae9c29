import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres
import Schema

/// The native lists over the directory, with the objects of every system, and of the people in it.
package struct DirectoryQueryController: RouteController {
    private enum Statements {
        static let contacts = Ways("contacts")
        static let customers = Ways("customers")
        static let internalContacts = Ways("internal_contacts")
        static let people = SQLLibrary.answer("list_people", 8, checkedBy: "authenticate_list", 1)

        /// The statements of a list, by its order.
        struct Ways {
            let ascending: PostgresStatement
            let descending: PostgresStatement

            init(_ objects: String) {
                ascending = Self.list("list_directory_\(objects)_ascending")
                descending = Self.list("list_directory_\(objects)_descending")
            }

            private static func list(_ function: String) -> PostgresStatement {
                SQLLibrary.answer(function, 10, checkedBy: "authenticate_list", 1)
            }
        }
    }

    /// The most rows of each system that a page of a search looks at.
    package static let examinedLimit: Int32 = 10_000
    /// A page ends before the row that would take its documents beyond this many bytes; it has one row at least.
    package static let pageBytes: Int64 = 4 << 20
    /// The most documents of a person of each kind and system.
    package static let documentsLimit: Int32 = 100

    private let reads: ReadResponder

    /// Makes the controller.
    package init(reads: ReadResponder) {
        self.reads = reads
    }

    /// Adds the endpoints to a router, as GET and HEAD.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.getAndHead("/v1/contacts") { request, _ in try await list(request, Statements.contacts) }
        router.getAndHead("/v1/customers") { request, _ in try await list(request, Statements.customers) }
        router.getAndHead("/v1/internal-contacts") { request, _ in
            try await list(request, Statements.internalContacts)
        }
        router.getAndHead("/v1/people") { request, _ in try await people(request) }
    }

    private func people(_ request: Request) async throws -> Response {
        try await reads.respond(to: request, key: request.key()) { items throws(Refusal) in
            Read(statement: Statements.people, parameters: try PeopleListRequest(items).parameters)
        }
    }

    private func list(_ request: Request, _ statements: Statements.Ways) async throws -> Response {
        try await reads.respond(to: request, key: request.key()) { items throws(Refusal) in
            let list = try DirectoryListRequest(items)
            return Read(
                statement: list.isAscending ? statements.ascending : statements.descending,
                parameters: list.parameters
            )
        }
    }
}

extension DirectoryListRequest {
    /// What the list statements take, in their order.
    fileprivate var parameters: [PostgresParameter] {
        [
            .text(system),
            .int4(page.limit),
            .timestamptz(page.cursor.map { PostgresTimestamp(microsecondsSince1970: $0.microseconds) }),
            .int8(page.cursor?.firstPosition.rawValue),
            .timestamptz(updatedSince.map { PostgresTimestamp(microsecondsSince1970: $0) }),
            .text(email),
            .text(text),
            .bool(includesDeleted),
            .int4(DirectoryQueryController.examinedLimit),
            .int8(DirectoryQueryController.pageBytes),
        ]
    }
}

extension PeopleListRequest {
    /// What the statement takes, in its order.
    fileprivate var parameters: [PostgresParameter] {
        [
            .text(system),
            .int4(limit),
            .text(cursor),
            .text(email),
            .text(text),
            .int4(DirectoryQueryController.examinedLimit),
            .int4(DirectoryQueryController.documentsLimit),
            .int8(DirectoryQueryController.pageBytes),
        ]
    }
}
