import EventLog

/// What an import needs to know of a vendor's own API: its base, how it is authorised, its lists.
package struct VendorAPI: Sendable, Hashable {
    /// The vendor.
    package let connector: ConnectorName
    /// Its lists, in the order in which they are read.
    package let lists: [VendorList]
    /// The path that the base has by the vendor's pages, unless it is given.
    private let basePath: String
    /// What may stand at the end of a given base although the lists' paths begin with it.
    private let versions: [String]

    private init(_ connector: ConnectorName, basePath: String = "", versions: [String] = [], lists: [VendorList]) {
        self.connector = connector
        self.basePath = basePath
        self.versions = versions
        self.lists = lists
    }

    /// The API of a vendor; nil for one whose lists are not known.
    package static func of(_ connector: ConnectorName) -> VendorAPI? {
        [pivotal, piriod, stuut, ruddr].first { $0.connector == connector }
    }

    /// Pivotal has no list of all contacts: each customer has one.
    private static let pivotal = VendorAPI(
        .pivotal,
        basePath: "/api/v1",
        lists: [
            VendorList(
                "customer",
                at: "/customers",
                .cursor,
                children: [VendorList("contact", at: "/customers/{id}/contacts", .cursor)]
            ),
            VendorList("onboarding", at: "/onboardings", .cursor),
        ]
    )

    private static let piriod = VendorAPI(
        .piriod,
        lists: [
            VendorList("customer", at: "/customers/", .numbered),
            VendorList("orgunit", at: "/orgunits/", .numbered),
            VendorList("contact", at: "/contacts/", .numbered),
        ]
    )

    /// Only the list of partners is on a public page; the others are where the paths of their objects say.
    private static let stuut = VendorAPI(
        .stuut,
        versions: ["/v1", "/v2"],
        lists: [
            VendorList(
                "partner",
                at: "/v1/partners",
                .untilEmpty,
                children: [
                    VendorList("partner_contact", at: "/v1/partners/{id}/contacts", .untilEmpty, isOptional: true),
                    VendorList(
                        "internal_contact_assignment",
                        at: "/v2/partners/{id}/internal-contacts",
                        .untilEmpty,
                        isOptional: true,
                        embedded: ["internal_contact": "internal_contact"]
                    ),
                ]
            ),
            VendorList("internal_contact", at: "/v2/internal-contacts", .untilEmpty, isOptional: true),
        ]
    )

    private static let ruddr = VendorAPI(
        .ruddr,
        basePath: "/api/workspace",
        lists: [
            VendorList("client", at: "/clients", .startingAfter),
            VendorList("company", at: "/companies", .startingAfter, isOptional: true),
            VendorList("contact_tag", at: "/contact-tags", .startingAfter, isOptional: true),
            VendorList("contact", at: "/contacts", .startingAfter),
        ]
    )
}

extension VendorAPI {
    /// The path that requests begin with, for the path of the URL that a user gave: that with what the vendor's pages put
    /// before every path, if it is not there.
    package func base(_ path: String) -> String {
        var base = path
        while base.hasSuffix("/") { base.removeLast() }
        if let version = versions.first(where: base.hasSuffix) { base.removeLast(version.count) }
        return base.hasSuffix(basePath) ? base : base + basePath
    }

    /// The headers that authorise a request; `account` is Piriod's workspace.
    package func headers(token: String, account: String?, livemode: Bool) -> [(name: String, value: String)] {
        guard connector == .piriod else { return [("Authorization", "Bearer \(token)")] }
        var headers = [(name: "Authorization", value: "Token \(token)")]
        if let account { headers.append(("x-simple-workspace", account)) }
        headers.append(("x-piriod-test-mode", livemode ? "false" : "true"))
        return headers
    }

    /// Whether requests must name the vendor's account.
    package var needsAccount: Bool { connector == .piriod }
}
