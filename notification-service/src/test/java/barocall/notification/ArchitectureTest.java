package barocall.notification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A class is core unless its name says that it is an edge. */
@AnalyzeClasses(packages = "barocall.notification", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String EDGES =
      ".*\\.(Mongo\\w+|\\w+(Application|Configuration|Binding|Doors|Page|Carrier|Settings)"
          + "|Decisions|LeftUnsent|DeliveriesBefore|Recollection|\\w+Occasions|Dispatcher|HttpPost|Rounds|Inbox|InboxLive|CaseViews|Reminding|Telling"
          + "|TellingDepartments|TellingCitizens|PutAside|Healths)(\\$.*)?";

  @ArchTest
  static final ArchRule coreKnowsNoTechnology =
      noClasses()
          .that()
          .haveNameNotMatching(EDGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "org.apache.kafka..",
              "com.mongodb..",
              "org.bson..",
              "jakarta.mail..");

  @ArchTest
  static final ArchRule featuresDoNotReachIntoTheInbox =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..cases..", "..deliveries..", "..departments..", "..citizens..", "..reminders..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..inbox..");
}
