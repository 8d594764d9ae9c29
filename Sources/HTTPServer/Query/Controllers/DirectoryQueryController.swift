import Connectors
import Hummingbird
import Postgres
import Schema

/// The native lists over the directory, with the objects of every system, and of the people in it.
package struct DirectoryQueryController: RouteController {
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
        for objects in ["contacts", "customers", "internal-contacts"] {
            let function = "list_directory_" + objects.replacing("-", with: "_")
            let ascending = Self.statement(function + "_ascending", 10)
            let descending = Self.statement(function + "_descending", 10)
            router.getAndHead(RouterPath("/v1/" + objects)) { request, _ in
                try await reads.respond(to: request, key: request.key()) { items throws(Refusal) in
                    let list = try DirectoryListRequest(items)
                    return Read(statement: list.isAscending ? ascending : descending, parameters: list.parameters)
                }
            }
        }
        let people = Self.statement("list_people", 8)
        router.getAndHead("/v1/people") { request, _ in
            try await reads.respond(to: request, key: request.key()) { items throws(Refusal) in
                Read(statement: people, parameters: try PeopleListRequest(items).parameters)
            }
        }
    }

    private static func statement(_ function: String, _ argumentCount: Int) -> PostgresStatement {
        SQLLibrary.answer(function, argumentCount, checkedBy: "authenticate_list", 1)
    }
}

extension DirectoryListRequest {
    /// What the list statements take, in their order.
    fileprivate var parameters: [PostgresParameter] {
        let filters: [PostgresParameter] = [
            .timestamptz(updatedSince.map { PostgresTimestamp(microsecondsSince1970: $0) }),
            .text(email),
            .text(text),
            .bool(includesDeleted),
            .int4(DirectoryQueryController.examinedLimit),
            .int8(DirectoryQueryController.pageBytes),
        ]
        return [.text(system)] + page.parameters + filters
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
