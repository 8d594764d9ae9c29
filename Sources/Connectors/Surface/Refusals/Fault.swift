/// What is wrong with one value of a request, in no vendor's words.
package struct Fault: Hashable, Sendable {
    /// The part of the request that has it.
    package enum Place: String, Sendable {
        case body
        case query
        case path
        case header
    }

    /// What a value should be.
    package enum Expected: Hashable, Sendable {
        case text
        case boolean
        case number
        case integer
        case list
        case object
        case time
    }

    /// What is wrong.
    package enum Cause: Error, Hashable, Sendable {
        case notJSON
        case required
        /// Null, where there must be a value.
        case null(Expected)
        case blank
        /// Anything else than there should be; what it is instead, if the kinds of JSON values tell.
        case notA(Expected, received: String?)
        /// A text of less than so many characters.
        case tooShort(Int)
        /// A text of more than so many characters, or a header field of more than so many bytes.
        case tooLong(Int)
        case notAnEmail
        case notADomain
        /// Anything but lower-case letters, digits and hyphens between them.
        case notASlug
        case notAUUID
        case notOneOf([String], given: String)
        /// Not of a form that people know by an example, which is told.
        case notLike(String)
        /// A number that is less than the least.
        case tooSmall(Int64)
        /// A number that is greater than the greatest.
        case tooBig(Int64)
        /// A text that could not be kept.
        case unreadable
        /// A parameter that is given more than once.
        case repeated
        /// A parameter that does not go with another one.
        case excludes(String)
        /// The id of nothing that there is, or that may be meant.
        case unknownReference(String)
        /// Another object has it.
        case taken
        /// There are as many as there may be.
        case limitReached(String)

        /// A JSON value of another kind than it should be.
        static func mismatch(_ expected: Expected, _ value: JSONValue) -> Cause {
            let isFraction = expected == .integer && value.typeName == "number"
            return .notA(expected, received: isFraction ? "float" : value.typeName)
        }
    }

    package let place: Place
    /// The name of the value; nil for the request as a whole.
    package let name: String?
    package let cause: Cause

    /// The cause for dialects that say of a header field only that it is wrong, not that its length is.
    var coarseCause: Cause {
        switch cause {
        case .tooShort, .tooLong: place == .header ? .unreadable : cause
        default: cause
        }
    }

    /// Creates a fault.
    package init(_ place: Place, _ name: String?, _ cause: Cause) {
        self.place = place
        self.name = name
        self.cause = cause
    }
}
