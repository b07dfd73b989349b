package barocall.routing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A class is core unless its name says that it is an edge. */
@AnalyzeClasses(packages = "barocall.routing", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String EDGE =
      ".*\\.(\\w+(Configuration|Doors|Page|Application)|Desk|Recollection|Mongo\\w+)(\\$.*)?";
  private static final String AROUND_THE_STORE =
      ".*\\.cases\\.(Cases|CaseStore|Rounds|Recollection|Cases\\w*Configuration|Mongo\\w+)(\\$.*)?";

  @ArchTest
  static final ArchRule technologyStaysAtTheEdge =
      noClasses()
          .that()
          .haveNameNotMatching(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "org.apache.kafka..", "com.mongodb..", "org.bson..");

  @ArchTest
  static final ArchRule decisionsKnowNothingOfServices =
      noClasses()
          .that()
          .resideInAnyPackage("barocall.routing.triage..", "barocall.routing.cases..")
          .and()
          .haveNameNotMatching(AROUND_THE_STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("barocall.kit..", "reactor..", "tools.jackson..", "org.slf4j..");

  @ArchTest
  static final ArchRule triageStandsAlone =
      classes()
          .that()
          .resideInAPackage("barocall.routing.triage..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "barocall.contract..",
              "barocall.city..",
              "barocall.routing.triage..");
}
